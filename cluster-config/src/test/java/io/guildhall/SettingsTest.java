package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings with(String publicUrl) {
        return Settings.of(Settings.load(ConfigFactory.parseMap(Map.of("guildhall.http.public-url", publicUrl))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:8080",
        "https://guildhall.example.com, https://guildhall.example.com",
        "https://guildhall.example.com/, https://guildhall.example.com",
        "HTTPS://guildhall.example.com, HTTPS://guildhall.example.com",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void aPublicUrlIsSchemeHostAndPort(String given, String kept) {
        assertThat(with(given).http().publicUrl()).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/guildhall",
                "https://example.com//",
                "https://example.com?a=b",
                "https://example.com/?",
                "https://example.com#top",
                "https://ada:secret@example.com",
                "https://@example.com",
                "ftp://example.com",
                "javascript:alert(1)",
                "//example.com",
                "example.com",
                "example.com:8080",
                "/guildhall",
                "https://",
                "https:example.com",
                "https://example.com:0",
                "https://example.com:65536",
                "https://exam ple.com"
            })
    void aPublicUrlThatWouldBeCutIsRefusedWithTheRemedy(String given) {
        assertThatThrownBy(() -> with(given))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_PUBLIC_URL")
                .hasMessageContaining("such as https://guildhall.example.com")
                .hasMessageNotContaining("secret");
    }
}
