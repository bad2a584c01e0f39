package io.guildhall.bench.client;

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

class ApiTest {
    private final Deque<Canned> answers = new ArrayDeque<>();
    private final List<String> keys = new ArrayList<>();
    private HttpServer server;
    private Api api;

    /** @param status 0 breaks the connection off */
    private record Canned(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        api = new Api(List.of(url), new Api.Patience(Duration.ofSeconds(2), Duration.ofSeconds(4), false));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        exchange.getRequestBody().readAllBytes();
        var canned = answers.poll();
        if (canned == null || canned.status() == 0) {
            exchange.close();
            return;
        }
        var body = canned.body().getBytes();
        exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : 0);
        if (body.length > 0) exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply post() {
        return api.send(new Asked(
                "POST",
                "/api/jobs",
                Optional.of(Map.of("title", "x")),
                Optional.empty(),
                Optional.of("k1"),
                Optional.empty()));
    }

    @Test
    void anAnswerIsRead() {
        answers.add(new Canned(201, "{\"id\":\"job_1\"}"));
        assertThat(post().body().path("id").asText()).isEqualTo("job_1");
    }

    @Test
    void aRefusalHasItsCode() {
        answers.add(new Canned(409, "{\"code\":\"job-not-open\",\"detail\":\"too late\"}"));
        assertThatThrownBy(this::post)
                .isInstanceOfSatisfying(
                        Refused.class, it -> assertThat(it.code()).isEqualTo("job-not-open"))
                .hasMessageContaining("too late");
        assertThat(keys).hasSize(1);
    }

    @Test
    void whatHasNoAnswerIsSentAgainUnderItsKey() {
        answers.add(new Canned(503, "{\"code\":\"outcome-unknown\"}"));
        answers.add(new Canned(409, "{\"code\":\"request-in-progress\"}"));
        answers.add(new Canned(0, ""));
        answers.add(new Canned(201, "{}"));
        assertThat(post().status()).isEqualTo(201);
        assertThat(keys).containsExactly("k1", "k1", "k1", "k1");
        assertThat(api.repeats()).isEqualTo(3);
    }

    @Test
    void patienceEnds() {
        assertThatThrownBy(this::post).isInstanceOf(NoAnswer.class).hasMessageContaining("POST /api/jobs");
    }

    @Test
    void aDefectIsNotSentAgainUnlessNodesAreBeingKilled() {
        answers.add(new Canned(500, "{\"code\":\"internal\"}"));
        assertThatThrownBy(this::post).isInstanceOf(Refused.class);
        assertThat(api.defects()).isEqualTo(1);
    }

    @Test
    void waitingIsBounded() {
        assertThatThrownBy(() -> Eventually.holds("pigs fly", Duration.ofMillis(50), () -> false))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("pigs fly");
    }
}
