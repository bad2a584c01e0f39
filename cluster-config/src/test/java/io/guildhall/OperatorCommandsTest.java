package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.guildhall.operate.OperatorToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operator commands print, over a management port with prepared responses. */
class OperatorCommandsTest {
    private final HttpServer node = open();

    private static HttpServer open() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    private void respond(String path, String json) {
        node.createContext(path, exchange -> {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private String output(String command) {
        var url = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
        var out = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(new OperatorCommands(url, new OperatorToken("0".repeat(32))).run(command, List.of()))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void membersShowsTheRolesOfGuildhallOnly() {
        respond("/cluster/members", """
                {"members": [{"node": "pekko://guildhall@127.0.0.1:4000", "status": "Up",
                              "roles": ["dc-default", "api", "entity", "projection", "ai"]}]}""");
        assertThat(output("members"))
                .isEqualToNormalizingWhitespace("guildhall@127.0.0.1:4000 Up ai api entity projection");
    }

    @Test
    void tasksShowsAmountsWithTheDecimalsOfTheirCurrency() {
        respond("/guildhall/tasks", """
                {"items": [{"id": "esc_1-1", "kind": "PAYOUT_REFUSED", "amount": {"amount": 1234, "currency": "EUR"},
                            "since": "2026-01-02T03:04:05Z", "attempts": 3, "detail": "closed account"},
                           {"id": "acc_1", "kind": "ACCOUNT_NOT_VERIFIED", "since": "2026-01-02T03:04:05Z", "attempts": 9}]}""");
        assertThat(output("tasks").lines().map(it -> it.replaceAll(" +", " ")))
                .containsExactly(
                        "esc_1-1 PAYOUT_REFUSED 12.34 EUR since 2026-01-02T03:04:05Z 3 attempts closed account",
                        "acc_1 ACCOUNT_NOT_VERIFIED since 2026-01-02T03:04:05Z 9 attempts ");
    }
}
