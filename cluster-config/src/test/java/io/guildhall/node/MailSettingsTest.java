package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.guildhall.adapter.smtp.SmtpServer.Credentials;
import io.guildhall.adapter.smtp.SmtpServer.Encryption;
import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailSettingsTest {
    private static final String FROM = "no-reply@guildhall.example";
    private static final String URL = "smtps://mailer:pass%40word@smtp.example.org";

    private static MailSettings settings(Settings.Mode mode, Map<String, Object> values) {
        var prefixed = new HashMap<String, Object>();
        values.forEach((key, value) -> prefixed.put("guildhall.mail." + key, value));
        return MailSettings.from(
                Settings.loadDefaults(ConfigFactory.parseMap(prefixed)).getConfig("guildhall.mail"), mode);
    }

    private static MailSettings.Smtp smtp(Map<String, Object> values) {
        return settings(Settings.Mode.PRODUCTION, values).smtp().orElseThrow();
    }

    @Test
    void developmentNeedsNoMailServer() {
        assertThat(settings(Settings.Mode.DEV, Map.of()).smtp()).isEmpty();
    }

    @Test
    void productionRefusesToStartWithoutAMailServer() {
        assertThatThrownBy(() -> settings(Settings.Mode.PRODUCTION, Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("Production requires a mail server", "SMTP_URL", "GUILDHALL_MAIL_FROM");
    }

    @ParameterizedTest
    @CsvSource({
        "smtps://mail.example, TLS, 465",
        "smtps://mail.example:1465, TLS, 1465",
        "smtp://mail.example, STARTTLS, 587",
        "smtp+plain://127.0.0.1:1025, NONE, 1025",
        "smtp+plain://mailpit, NONE, 25"
    })
    void urlNamesServerAndEncryption(String url, Encryption encryption, int port) {
        var server = smtp(Map.of("smtp-url", url, "from", FROM)).server();
        assertThat(server.encryption()).isEqualTo(encryption);
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.credentials()).isEmpty();
    }

    @Test
    void passwordIsDecodedAndStaysSecret() {
        var smtp = smtp(Map.of("smtp-url", URL, "from", FROM));
        assertThat(smtp.server().credentials()).contains(new Credentials("mailer", "pass@word"));
        assertThat(smtp.toString()).contains("mailer").doesNotContain("pass@word", "pass%40word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mail.example",
                "smtp://",
                "smtp://user@mail.example",
                "smtp://user:hunter2@mail.example/path",
                "smtp://user:hunter2@mail.example:0",
                "smtp+plain://user:hunter2@mail.example",
                "mail.example hunter2"
            })
    void invalidUrlIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> smtp(Map.of("smtp-url", url, "from", FROM)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("SMTP_URL must have the form")
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guildhall", "a@b@c", "A <a@b.c>", "a@b.c\r\nBcc: x@y.z"})
    void senderMustBeAnAddress(String from) {
        assertThatThrownBy(() -> smtp(Map.of("smtp-url", URL, "from", from)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_MAIL_FROM");
    }

    @Test
    void bounceAddressLeavesSpaceForItsSuffix() {
        assertThat(smtp(Map.of("smtp-url", URL, "from", FROM, "bounce-address", "bounces@mail.example"))
                        .sender()
                        .bounceAddress())
                .contains("bounces@mail.example");
        assertThatThrownBy(() -> smtp(
                        Map.of("smtp-url", URL, "from", FROM, "bounce-address", "undeliverable-mail@mail.example")))
                .hasMessageContainingAll("GUILDHALL_MAIL_BOUNCES", "at most 14 characters");
    }

    @Test
    void dkimKeyIsReadFromItsFile(@TempDir Path folder) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate().getEncoded();
        var file = write(
                folder,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        var dkim = smtp(dkim(file, "s1")).sender().dkim().orElseThrow();
        assertThat(dkim.privateKey()).isEqualTo(key);
        assertThat(dkim.toString()).isEqualTo("Dkim[s1._domainkey.guildhall.example]");
        assertThatThrownBy(() -> smtp(dkim(file, ""))).hasMessageContaining("GUILDHALL_DKIM_SELECTOR");
        assertThatThrownBy(() -> smtp(dkim(write(folder, "no key"), "s1")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_DKIM_KEY_FILE");
        assertThatThrownBy(() -> smtp(dkim(folder.resolve("missing"), "s1")))
                .hasMessageContaining("GUILDHALL_DKIM_KEY_FILE");
    }

    private static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("key.pem"), text);
    }

    private static Map<String, Object> dkim(Path file, String selector) {
        return Map.of(
                "smtp-url", URL,
                "from", FROM,
                "dkim.key-file", file.toString(),
                "dkim.domain", "guildhall.example",
                "dkim.selector", selector);
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> settings(Settings.Mode.DEV, Map.of("max-per-address-per-hour", 1)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_MAX_MAILS_PER_HOUR");
    }
}
