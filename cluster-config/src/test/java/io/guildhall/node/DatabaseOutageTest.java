package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The database host vanishes without closing its connections, as after a power failure or behind a firewall that drops
 * packets. A complete node with short timeouts.
 */
class DatabaseOutageTest {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(20);
    /** Every timeout, one after the other, and some time for a busy machine. */
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(20);

    private final TestNodes.Ports ports = TestNodes.Ports.free();
    private final URI database = URI.create(TestDatabase.freshUrl().substring("jdbc:".length()));
    private final SilentProxy proxy = new SilentProxy(database.getPort());
    private final HttpClient http = HttpClient.newHttpClient();
    private final NodeAssembly node = TestNodes.open(proxy.url(database), ports, shortTimeouts());

    private static Map<String, Object> shortTimeouts() {
        var settings = new HashMap<String, Object>(Map.of(
                "guildhall.database.connect-timeout",
                "1s",
                "guildhall.database.wait-timeout",
                "3s",
                "guildhall.cluster.lease-duration",
                "4s"));
        for (var part : Database.Part.values())
            settings.put("guildhall.database.pools." + ConnectionPools.key(part) + ".statement-timeout", "1s");
        return settings;
    }

    @AfterEach
    void stop() {
        // First, so that a call without a timeout ends.
        proxy.close();
        node.close();
        http.close();
    }

    private int send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(RESPONSE_TIMEOUT).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int get(int port, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
    }

    private int register(String name) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + "/api/auth/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"email":"%s@example.com","password":"correct horse battery","name":"Ada","country":"CH","roles":["CLIENT"]}
                        """.formatted(name))));
    }

    @Test
    void requestsFailInTimeAndSucceedAgainAfterwards() {
        Await.until(() -> assertThat(get(ports.management(), "/ready")).isEqualTo(200));

        // In the middle of a transaction that holds the lock of the mail queue.
        proxy.vanishAt("UPDATE mail_queue SET claimed_until");
        assertThat(register("before")).isEqualTo(202);
        Await.until(() -> assertThat(proxy.hasVanished()).isTrue());
        assertThat(register("during")).isIn(503, 504);
        assertThat(get(ports.http(), "/api/jobs")).isIn(503, 504);
        Await.until(() -> assertThat(get(ports.management(), "/ready")).isEqualTo(503));
        assertThat(get(ports.management(), "/alive")).isEqualTo(200);

        proxy.restore();
        long restored = System.nanoTime();
        Await.until(() -> assertThat(register("after-" + System.nanoTime())).isEqualTo(202));
        Await.until(() -> assertThat(get(ports.http(), "/api/jobs")).isEqualTo(200));
        Await.until(() -> assertThat(get(ports.management(), "/ready")).isEqualTo(200));
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - restored))
                .isLessThan(RECOVERY_TIMEOUT.toSeconds());
        // Followers and deadlines continue, too: the mail is sent by a process.
        var address = "last@example.com";
        assertThat(register("last")).isEqualTo(202);
        Await.until(() -> assertThat(outbox(address)).contains("verify?token="));
    }

    private String outbox(String address) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + ports.http() + "/dev/outbox?to=" + address))
                                    .timeout(RESPONSE_TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
