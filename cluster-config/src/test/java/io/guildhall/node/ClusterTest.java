package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three complete nodes in one JVM over one database. Each can serve every request, and the others continue when one
 * leaves.
 */
class ClusterTest {
    private static final int NODES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("http\\S+/verify\\?token=(\\S+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<NodeAssembly> ASSEMBLIES = new ArrayList<>();
    private static String url;
    private static List<Integer> ports;

    @BeforeAll
    static void start() {
        url = TestDatabase.freshUrl();
        ports = freePorts(3 * NODES);
        var seeds = IntStream.range(0, NODES)
                .mapToObj(it -> "127.0.0.1:" + clusterPort(it))
                .collect(Collectors.joining(","));
        for (int node = 0; node < NODES; node++) ASSEMBLIES.add(open(node, url, seeds));
        for (int node = 0; node < NODES; node++) {
            int management = managementPort(node);
            Await.until(() -> assertThat(get(management, "/ready").statusCode()).isEqualTo(200));
        }
    }

    @AfterAll
    static void stop() {
        ASSEMBLIES.forEach(NodeAssembly::close);
    }

    private static NodeAssembly open(int node, String url, String seeds) {
        return TestNodes.open(
                url,
                new TestNodes.Ports(httpPort(node), managementPort(node), clusterPort(node)),
                Map.of("guildhall.cluster.seeds", seeds));
    }

    @Test
    void everyNodeServesAndTheOthersContinueWhenOneLeaves() throws Exception {
        assertThat(JSON.readTree(command(managementPort(0), "/cluster/members").body())
                        .path("members"))
                .hasSize(NODES)
                .allMatch(it -> it.path("status").asText().equals("Up"));

        var registered = post(httpPort(0), "/api/auth/register", """
                {"email":"ada@example.com","password":"correct horse battery","name":"Ada","country":"CH","roles":["CLIENT"]}
                """);
        assertThat(registered.statusCode()).isEqualTo(202);
        var token = Await.value(() -> tokenMailedTo("ada@example.com", httpPort(1)));
        assertThat(post(httpPort(2), "/api/auth/verify", "{\"token\":\"" + token + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(me(httpPort(0), logIn(httpPort(1)))).isEqualTo("ada@example.com");
        assertThat(post(httpPort(1), "/api/auth/login", "{\"email\":\"ada@example.com\",\"password\":\"a wrong one\"}")
                        .statusCode())
                .isEqualTo(401);

        ASSEMBLIES.remove(0).close();
        Await.until(() -> assertThat(me(httpPort(2), logIn(httpPort(1)))).isEqualTo("ada@example.com"));
        Await.until(() -> assertThat(members(managementPort(1))).hasSize(NODES - 1));
    }

    @Test
    void correlationIdFollowsARequestThroughTheJournal() throws Exception {
        var registration = """
                {"email":"bea@example.com","password":"correct horse battery","name":"Bea","country":"CH","roles":["CLIENT"]}
                """;
        assertThat(post(httpPort(1), "/api/auth/register", registration, "bea-registers")
                        .statusCode())
                .isEqualTo(202);
        var token = Await.value(() -> tokenMailedTo("bea@example.com", httpPort(1)));
        assertThat(post(httpPort(2), "/api/auth/verify", "{\"token\":\"" + token + "\"}", "bea-verifies")
                        .statusCode())
                .isEqualTo(204);
        assertThat(eventsOf("bea-registers")).containsExactly("account.registered");
        Await.until(() -> assertThat(eventsOf("bea-verifies"))
                .containsExactly("account.verified", "handle.claimed", "profile.created"));
    }

    private static List<String> eventsOf(String request) {
        try (var connection = DriverManager.getConnection(url);
                var query = connection.prepareStatement(
                        "SELECT name FROM journal WHERE correlation_id = ? ORDER BY ordering")) {
            query.setString(1, request);
            try (var rows = query.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) names.add(rows.getString(1));
                return names;
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyEndpointHasATagInTheDocument() throws Exception {
        var document = JSON.readTree(get(httpPort(1), "/openapi.json").body());
        assertThat(document.path("tags").findValuesAsText("name"))
                .contains("Accounts", "Contracts", "Development")
                .doesNotContain("Other");
    }

    private static JsonNode members(int management) {
        try {
            return JSON.readTree(command(management, "/cluster/members").body()).path("members");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String tokenMailedTo(String address, int port) throws IOException {
        var text = JSON.readTree(get(port, "/dev/outbox?to=" + address).body()).at("/items/0/text");
        var token = TOKEN.matcher(text.asText());
        assertThat(token.find()).as("an e-mail with a token").isTrue();
        var page = send(HttpRequest.newBuilder(URI.create(token.group())));
        assertThat(page.statusCode()).as(token.group()).isEqualTo(200);
        assertThat(page.body()).contains("Confirm my e-mail");
        return token.group(1);
    }

    private static String logIn(int port) {
        var response = post(port, "/api/auth/login", """
                {"email":"ada@example.com","password":"correct horse battery"}
                """);
        assertThat(response.statusCode()).isEqualTo(200);
        return field(response, "accessToken");
    }

    private static String me(int port, String token) {
        var response = send(HttpRequest.newBuilder(uri(port, "/api/me")).header("Authorization", "Bearer " + token));
        assertThat(response.statusCode()).isEqualTo(200);
        return field(response, "email");
    }

    private static String field(HttpResponse<String> response, String name) {
        try {
            return JSON.readTree(response.body()).path(name).asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> post(int port, String path, String json) {
        return post(port, path, json, "test");
    }

    private static HttpResponse<String> post(int port, String path, String json, String correlationId) {
        return send(HttpRequest.newBuilder(uri(port, path))
                .header("Content-Type", "application/json")
                .header("X-Correlation-Id", correlationId)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> get(int port, String path) {
        return send(HttpRequest.newBuilder(uri(port, path)));
    }

    private static HttpResponse<String> command(int managementPort, String path) {
        return send(HttpRequest.newBuilder(uri(managementPort, path))
                .header("Authorization", "Bearer " + TestNodes.TOKEN.value()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static int httpPort(int node) {
        return ports.get(3 * node);
    }

    private static int managementPort(int node) {
        return ports.get(3 * node + 1);
    }

    private static int clusterPort(int node) {
        return ports.get(3 * node + 2);
    }

    static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) socket.close();
            return ports;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
