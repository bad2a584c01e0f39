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
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * While the view of accounts is rebuilt, every node rejects ended sessions, also one that starts during the rebuild.
 */
class RebuildOfAccountsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("http\\S+/verify\\?token=(\\S+)");

    private final String url = TestDatabase.freshUrl();
    private final TestNodes.Ports first = TestNodes.Ports.free();
    private final TestNodes.Ports second = TestNodes.Ports.free();
    private final Map<String, Object> seeds =
            Map.of("guildhall.cluster.seeds", "127.0.0.1:" + first.cluster() + ",127.0.0.1:" + second.cluster());
    private final Map<TestNodes.Ports, NodeAssembly> nodes = new HashMap<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @AfterEach
    void stop() {
        isOver.set(true);
        nodes.values().forEach(NodeAssembly::close);
    }

    private void open(TestNodes.Ports ports) {
        nodes.put(ports, TestNodes.open(url, ports, seeds));
    }

    private void awaitReady(TestNodes.Ports ports) {
        Await.until(() -> assertThat(send(HttpRequest.newBuilder(uri(ports.management(), "/ready")))
                        .statusCode())
                .isEqualTo(200));
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String path, String token, String body) {
        var request = HttpRequest.newBuilder(uri(first.http(), path)).header("Content-Type", "application/json");
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> operate(String method, String path) {
        return send(HttpRequest.newBuilder(uri(first.management(), path))
                .header("Authorization", "Bearer " + TestNodes.TOKEN.value())
                .method(method, BodyPublishers.noBody()));
    }

    private int me(TestNodes.Ports ports, String token) {
        return send(HttpRequest.newBuilder(uri(ports.http(), "/api/me")).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private void register(String name) {
        assertThat(post("/api/auth/register", "", """
                                {"email":"%s@example.com","password":"correct horse battery","name":"Ada","country":"CH","roles":["CLIENT"]}
                                """.formatted(name)).statusCode())
                .isEqualTo(202);
        var mail = Await.value(() -> {
            var text = json(send(HttpRequest.newBuilder(uri(first.http(), "/dev/outbox?to=" + name + "@example.com"))))
                    .at("/items/0/text")
                    .asText();
            var token = TOKEN.matcher(text);
            assertThat(token.find()).isTrue();
            return token.group(1);
        });
        assertThat(post("/api/auth/verify", "", "{\"token\":\"" + mail + "\"}").statusCode())
                .isEqualTo(204);
    }

    private String logIn(String name) {
        return Await.value(() -> {
            var response = post("/api/auth/login", "", """
                    {"email":"%s@example.com","password":"correct horse battery"}
                    """.formatted(name));
            assertThat(response.statusCode()).isEqualTo(200);
            return json(response).path("accessToken").asText();
        });
    }

    private String phase() {
        return json(operate("GET", "/guildhall/rebuilds")).path(0).path("phase").asText();
    }

    @Test
    void rejectsTokensOfEndedSessionsDuringARebuild() throws Exception {
        open(first);
        awaitReady(first);
        register("ada");
        register("bob");
        register("root");
        assertThat(operate("POST", "/guildhall/accounts/root%40example.com/grant-admin")
                        .statusCode())
                .isEqualTo(200);
        var root = logIn("root");
        var open = logIn("ada");
        var loggedOut = logIn("ada");
        var suspended = logIn("bob");
        assertThat(post("/api/auth/logout", loggedOut, "").statusCode()).isLessThan(300);
        var bob = account(suspended);
        assertThat(post("/api/admin/accounts/" + bob + "/suspend", root, "{\"reason\":\"Spam\"}")
                        .statusCode())
                .isLessThan(300);
        for (var ended : List.of(loggedOut, suspended))
            Await.until(() -> assertThat(me(first, ended)).isEqualTo(401));

        var statuses = ConcurrentHashMap.<Integer>newKeySet();
        try (var connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            // The rebuild waits for this query before it exchanges the tables.
            query(connection, "SELECT * FROM account");
            var trying = CompletableFuture.runAsync(
                    () -> {
                        while (!isOver.get()) {
                            for (var ended : List.of(loggedOut, suspended)) statuses.add(me(first, ended));
                        }
                    },
                    Thread::startVirtualThread);
            assertThat(operate("POST", "/guildhall/views/accounts/rebuild").statusCode())
                    .isEqualTo(202);
            assertThat(operate("POST", "/guildhall/views/accounts/rebuild").statusCode())
                    .isEqualTo(409);
            assertThat(operate("POST", "/guildhall/views/access/rebuild").statusCode())
                    .isEqualTo(404);
            Await.until(() -> assertThat(phase()).isEqualTo("SWAPPING"));
            open(second);
            awaitReady(second);
            for (var ended : List.of(loggedOut, suspended))
                Await.until(() -> assertThat(me(second, ended)).isEqualTo(401));
            Await.until(() -> assertThat(me(second, open)).isEqualTo(200));
            assertThat(me(first, open)).isEqualTo(200);
            connection.rollback();
            Await.until(() -> assertThat(phase()).isEqualTo("DONE"));
            for (var ports : List.of(first, second)) {
                for (var ended : List.of(loggedOut, suspended))
                    assertThat(me(ports, ended)).isEqualTo(401);
                assertThat(me(ports, open)).isEqualTo(200);
            }
            isOver.set(true);
            Await.result(trying);
        }
        assertThat(statuses).containsExactly(401);
    }

    private String account(String token) {
        return json(send(HttpRequest.newBuilder(uri(first.http(), "/api/me"))
                        .header("Authorization", "Bearer " + token)))
                .path("id")
                .asText();
    }

    private static void query(java.sql.Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
        }
    }
}
