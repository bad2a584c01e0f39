package io.guildhall.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
    private final Deque<Canned> responses = new ArrayDeque<>();
    private final List<String> keys = new ArrayList<>();
    private HttpServer server;
    private ApiClient api;

    /** @param status 0 closes the connection without a response */
    private record Canned(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        api = new ApiClient(
                List.of(url), new ApiClient.RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(4), false));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    private synchronized void respond(HttpExchange exchange) throws IOException {
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        exchange.getRequestBody().readAllBytes();
        var canned = responses.poll();
        if (canned == null || canned.status() == 0) {
            exchange.close();
            return;
        }
        var body = canned.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : 0);
        if (body.length > 0) exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ApiResponse post() {
        return api.send(new ApiRequest(
                "POST",
                "/api/jobs",
                Optional.of(Map.of("title", "x")),
                Optional.empty(),
                Optional.of("k1"),
                Optional.empty()));
    }

    @Test
    void readsResponse() {
        responses.add(new Canned(201, "{\"id\":\"job_1\"}"));
        assertThat(post().body().path("id").asText()).isEqualTo("job_1");
    }

    @Test
    void throwsProblemWithItsCode() {
        responses.add(new Canned(409, "{\"code\":\"job-not-open\",\"detail\":\"too late\"}"));
        assertThatThrownBy(this::post)
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.code()).isEqualTo("job-not-open"))
                .hasMessageContaining("too late");
        assertThat(keys).hasSize(1);
    }

    @Test
    void retriesWithSameKeyUntilThereIsADefiniteResponse() {
        responses.add(new Canned(503, "{\"code\":\"outcome-unknown\"}"));
        responses.add(new Canned(409, "{\"code\":\"request-in-progress\"}"));
        responses.add(new Canned(0, ""));
        responses.add(new Canned(201, "{}"));
        assertThat(post().status()).isEqualTo(201);
        assertThat(keys).containsExactly("k1", "k1", "k1", "k1");
        assertThat(api.retries()).isEqualTo(3);
    }

    @Test
    void stopsRetryingAfterTheTotalTimeout() {
        assertThatThrownBy(this::post).isInstanceOf(NoResponseException.class).hasMessageContaining("POST /api/jobs");
    }

    @Test
    void doesNotRetryInternalErrorByDefault() {
        responses.add(new Canned(500, "{\"code\":\"internal\"}"));
        assertThatThrownBy(this::post).isInstanceOf(ProblemException.class);
        assertThat(api.internalErrors()).isEqualTo(1);
    }

    @Test
    void stopsWaitingAfterTheTimeout() {
        assertThatThrownBy(() -> Await.until("the impossible happens", Duration.ofMillis(50), () -> false))
                .isInstanceOf(NoResponseException.class)
                .hasMessageContaining("the impossible happens");
    }
}
