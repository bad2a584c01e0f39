package io.guildhall.bench.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SentMailsTest {
    private static final String OUTBOX = """
            {"items": [
              {"id": "3", "kind": "escrow-funded", "to": "ada@example.com", "subject": "The money for “Two” is held."},
              {"id": "2", "kind": "escrow-funded", "to": "ada@example.com", "subject": "The money for “One” is held."},
              {"id": "1", "kind": "verification", "to": "ada@example.com", "subject": "Confirm your e-mail address"}]}
            """;

    private HttpServer server;
    private ApiClient api;
    private User ada;
    private SentMails mails;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = OUTBOX.getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        api = new ApiClient(List.of(url), ApiClient.RetryPolicy.standard());
        ada = User.register(api, "Ada", List.of("CLIENT"));
        mails = new SentMails(new Transcript(), api, Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void acceptsExactlyTheExpectedMails() {
        assertThatCode(() -> mails.check(ada, Map.of("verification", 1L, "escrow-funded", 2L)))
                .doesNotThrowAnyException();
    }

    @Test
    void failsIfAMailIsMissing() {
        assertThatThrownBy(() -> mails.check(ada, Map.of("verification", 1L, "escrow-funded", 2L, "review-due", 1L)))
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining("e-mails to Ada")
                .hasMessageContaining("review-due=1");
    }

    @Test
    void failsIfAMailIsSentTwice() {
        assertThatThrownBy(() -> mails.check(ada, Map.of("verification", 1L, "escrow-funded", 1L)))
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining("but was {escrow-funded=2, verification=1}");
    }
}
