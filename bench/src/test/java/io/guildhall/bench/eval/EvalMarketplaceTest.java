package io.guildhall.bench.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.seed.Marketplace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The messages of an evaluation that cannot run name the cause. */
class EvalMarketplaceTest {
    private record Response(int status, String body) {}

    private static final Response OK = new Response(200, "{\"accessToken\": \"token\", \"items\": []}");

    /** By a part of the path. */
    private final Map<String, Response> responses = new TreeMap<>();

    private final HttpServer node;

    EvalMarketplaceTest() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", this::respond);
        node.start();
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var response = responses.entrySet().stream()
                .filter(it -> path.contains(it.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OK);
        var body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Response problem(int status, String code) {
        return new Response(
                status, "{\"status\": %d, \"code\": \"%s\", \"detail\": \"Detail.\"}".formatted(status, code));
    }

    /** The message on standard error. */
    private String evaluate(int exitCode) {
        var url = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
        var error = System.err;
        var message = new ByteArrayOutputStream();
        System.setErr(new PrintStream(message, true, StandardCharsets.UTF_8));
        try {
            assertThat(EvalMarketplace.run(
                            Marketplace.generate(1, 1),
                            url,
                            new ManagementClient(url, Optional.empty()),
                            1,
                            Duration.ZERO))
                    .isEqualTo(exitCode);
        } finally {
            System.setErr(error);
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatTheNodeHasNoDemoMarketplace() {
        responses.put("/api/auth/login", problem(401, "wrong-credentials"));
        assertThat(evaluate(1)).contains("has no demo marketplace", "./guildhall seed");
    }

    @Test
    void saysThatPremiumCouldNotBeGranted() {
        responses.put("/grant-premium", problem(404, "account-not-found"));
        assertThat(evaluate(1))
                .contains("premium could not be granted", "account-not-found", "--management-port")
                .doesNotContain("seed.");
    }

    @Test
    void saysThatTheGrantReachedAnotherNode() {
        responses.put("/matches", problem(403, "premium-needed"));
        assertThat(evaluate(1))
                .contains("premium was granted", "does not show it", "--management-port")
                .doesNotContain("seed.");
    }

    @Test
    void evaluatesWithoutMessage() {
        assertThat(evaluate(0)).isEmpty();
    }
}
