package io.guildhall.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 | Firefox on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 | Chrome on Windows",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0 | Edge on Windows",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/125.0.0.0 | Opera on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15 | Safari on macOS",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15 | Firefox on iPhone",
                "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet on Android",
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 | Chrome on ChromeOS",
                "curl/8.5.0 | curl",
                "okhttp/5.1.0 | okhttp",
                "Java-http-client/25 | Java-http-client",
                "Mozilla/5.0 (X11; Linux x86_64) | Linux",
                "Mozilla/5.0 | Unknown application",
                "<script>alert(1)</script> | Unknown application",
                "\u202eevil | Unknown application"
            })
    void namesBrowserAndSystem(String header, String name) {
        assertThat(ApplicationName.fromUserAgent(Optional.of(header))).isEqualTo(name);
    }

    @Test
    void programWithoutAHeaderIsUnknown() {
        assertThat(ApplicationName.fromUserAgent(Optional.empty())).isEqualTo(ApplicationName.UNKNOWN);
        assertThat(ApplicationName.fromUserAgent(Optional.of(""))).isEqualTo(ApplicationName.UNKNOWN);
    }

    @Test
    void namesAreShort() {
        assertThat(ApplicationName.fromUserAgent(Optional.of("x".repeat(8_000) + " Windows"))
                        .length())
                .isLessThan(60);
    }
}
