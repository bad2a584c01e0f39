package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.port.WebhookSender.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static Message message(String body, String... secrets) {
        return new Message(
                URI.create("https://example.com"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                body.getBytes(StandardCharsets.UTF_8),
                List.of(secrets));
    }

    /** The example that Standard Webhooks publishes. */
    @Test
    void equalsThePublishedExample() {
        assertThat(WebhookSignature.of(message("{\"test\": 2432232314}", SECRET)))
                .isEqualTo(SIGNATURE);
        assertThat(WebhookSignature.of(message("{\"test\": 2432232315}", SECRET)))
                .isNotEqualTo(SIGNATURE);
    }

    @Test
    void signsWithEachSecret() {
        var other = new WebhookSecrets("secret").secret("acc_1", "whk_1", 1);
        assertThat(WebhookSignature.of(message("{\"test\": 2432232314}", other, SECRET))
                        .split(" "))
                .hasSize(2)
                .allMatch(it -> it.startsWith("v1,"))
                .endsWith(SIGNATURE)
                .doesNotHaveDuplicates();
    }

    @Test
    void eachGenerationOfEachWebhookHasAnotherSecret() {
        var secrets = new WebhookSecrets("secret");
        var all = List.of(
                secrets.secret("acc_1", "whk_1", 1),
                secrets.secret("acc_1", "whk_1", 2),
                secrets.secret("acc_1", "whk_2", 1),
                secrets.secret("acc_2", "whk_1", 1),
                new WebhookSecrets("other").secret("acc_1", "whk_1", 1));
        assertThat(all)
                .doesNotHaveDuplicates()
                .allMatch(it -> it.matches("whsec_[A-Za-z0-9+/]{43}="))
                .allMatch(it -> WebhookSecrets.bytes(it).length == 32);
        assertThat(secrets.secret("acc_1", "whk_1", 1)).isEqualTo(all.getFirst());
        assertThatThrownBy(() -> WebhookSecrets.bytes("sec_AAAA")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textOfAMessageHasNoSecret() {
        assertThat(message("{\"a\": 1}", SECRET).toString()).isEqualTo("Message[msg_p5jXN8AQM9LWM0D4loKWxJek]");
    }
}
