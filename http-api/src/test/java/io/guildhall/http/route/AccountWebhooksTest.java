package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.http.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks that accounts register. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountWebhooksTest {
    private static final String ALL = "/api/me/webhooks";

    private final TestServer server = new TestServer();

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient someone() {
        return server.as(Role.CLIENT, TestServer.newId("acc"));
    }

    private static String fields(String url, String kind) {
        return "{\"url\": \"" + url + "\", \"kinds\": [\"" + kind + "\"]}";
    }

    private static String register(TestClient client, String url) {
        return client.post(ALL, fields(url, "WORK_SUBMITTED"))
                .is(201)
                .json()
                .path("id")
                .asText();
    }

    @Test
    void secretIsShownAtRegistrationAndRotationOnly() {
        var client = someone();
        var registered = client.post(ALL, fields("https://example.com/a", "WORK_SUBMITTED"))
                .is(201)
                .json();
        var secret = registered.path("secret").asText();
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(registered.path("url").asText()).isEqualTo("https://example.com/a");
        var webhook = ALL + "/" + registered.path("id").asText();
        assertThat(client.get(webhook).is(200).json().has("secret")).isFalse();
        assertThat(client.get(ALL).is(200).json().toString()).doesNotContain("whsec_");
        var rotated = client.post(webhook + "/rotate-secret", "").is(200).json();
        assertThat(rotated.path("secret").asText()).startsWith("whsec_").isNotEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/a", "https://user:password@example.com/a", "https://10.0.0.1/",
                        "https://169.254.169.254/",
                "https://example.com:22/", "https://[fd00::1]/", "example.com", "http://10.0.0.1:8080/"
            })
    void refusesAddressesThatAreNotAllowed(String url) {
        var client = someone();
        assertThat(client.post(ALL, fields(url, "WORK_SUBMITTED"))
                        .is(422)
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("url");
        var webhook = ALL + "/" + register(client, "https://example.com/a");
        client.put(webhook, fields(url, "WORK_SUBMITTED")).is(422);
    }

    @Test
    void acceptsAnAddressOfThisMachineInDevelopment() {
        register(someone(), "http://localhost:9000/hooks");
    }

    @Test
    void refusesKindsThatDoNotExist() {
        assertThat(someone()
                        .post(ALL, fields("https://example.com/a", "UNKNOWN"))
                        .is(422)
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("kinds[0]");
    }

    @Test
    void limitsTheirNumberAndEachHasAnotherAddress() {
        var client = someone();
        register(client, "https://example.com/0");
        client.post(ALL, fields("https://example.com/0", "WORK_SUBMITTED")).is(409, "webhook-exists");
        for (int i = 1; i < Webhooks.MAX; i++) register(client, "https://example.com/" + i);
        client.post(ALL, fields("https://example.com/x", "WORK_SUBMITTED")).is(409, "too-many-webhooks");
        assertThat(client.get(ALL).is(200).json().path("items")).hasSize(Webhooks.MAX);
    }

    @Test
    void pausedWebhookSendsNothing() {
        var client = someone();
        var webhook = ALL + "/" + register(client, "https://example.com/a");
        client.post(webhook + "/test", "").is(202);
        assertThat(client.post(webhook + "/pause", "")
                        .is(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("PAUSED");
        client.post(webhook + "/test", "").is(409, "webhook-not-active");
        client.post(webhook + "/deliveries/whd_1/send-again", "").is(409, "webhook-not-active");
        client.post(webhook + "/deliveries/whd_2/send-again", "").is(404);
        assertThat(client.post(webhook + "/resume", "")
                        .is(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ACTIVE");
    }

    @Test
    void belongsToItsAccount() {
        var webhook = ALL + "/" + register(someone(), "https://example.com/a");
        var other = someone();
        other.get(webhook).is(404);
        other.get(webhook + "/deliveries").is(404);
        other.post(webhook + "/rotate-secret", "").is(404);
        other.post(webhook + "/deliveries/whd_1/send-again", "").is(404);
    }
}
