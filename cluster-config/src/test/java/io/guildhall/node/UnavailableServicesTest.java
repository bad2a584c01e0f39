package io.guildhall.node;

import static io.guildhall.node.TestNodes.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node serves while Kafka and Redis are unavailable, and shows the lag of the relay. */
class UnavailableServicesTest {

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}\\.[0-9A-Za-z_-]{1,64}\\.[0-9A-Za-z_-]{43}");

    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private final int unused = ClusterTest.freePorts(1).getFirst();
    private final NodeAssembly node = TestNodes.open(
            TestDatabase.freshUrl(),
            ports,
            Map.of(
                    "guildhall.kafka.bootstrap-servers",
                    "127.0.0.1:" + unused,
                    "guildhall.kafka.start",
                    "beginning",
                    "guildhall.redis.url",
                    "redis://127.0.0.1:" + unused,
                    "guildhall.http.registrations-per-email-per-day",
                    2));

    @AfterEach
    void stop() {
        node.close();
    }

    private String operate(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + path))
                        .header("Authorization", "Bearer " + TestNodes.TOKEN.value()))
                .body();
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + path));
    }

    private int post(String path, String body) {
        return send(api(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private int register() {
        return post("/api/auth/register", """
                {"email": "ann@example.org", "password": "correct horse battery staple", "name": "Ann", "country": "CH",
                 "roles": ["CLIENT"]}""");
    }

    private String mailedToken() {
        return Await.value(() -> {
            var token =
                    TOKEN.matcher(send(api("/dev/outbox?to=ann@example.org")).body());
            assertThat(token.find()).isTrue();
            return token.group();
        });
    }

    private JsonNode relay() throws IOException {
        for (var follower : new ObjectMapper().readTree(operate("/guildhall/followers")))
            if (follower.path("follower").asText().equals("kafka")) return follower;
        throw new AssertionError("no relay");
    }

    @Test
    void servesWithinLocalLimitsAndShowsLagOfRelay() throws IOException {
        assertThat(register()).isLessThan(300);
        assertThat(register()).isLessThan(300);
        assertThat(register()).isEqualTo(429);
        var verification = "{\"token\": \"%s\", \"password\": \"correct horse battery staple\"}";
        assertThat(post("/api/auth/verify", verification.formatted(mailedToken())))
                .isLessThan(300);
        Await.until(() -> assertThat(operate("/metrics"))
                .containsPattern("guildhall_follower_behind_seconds\\{follower=\"kafka\"} [1-9]")
                .contains("guildhall_follower_behind_seconds{follower=\"accounts\"} 0.0"));
        assertThat(relay().path("type").asText()).isEqualTo("relay");
        assertThat(relay().path("eventsBehind").asLong()).isPositive();
        assertThat(operate("/guildhall/parked")).doesNotContain("kafka");
    }
}
