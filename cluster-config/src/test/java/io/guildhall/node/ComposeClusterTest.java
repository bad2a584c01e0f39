package io.guildhall.node;

import static io.guildhall.node.TestNodes.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.typesafe.config.ConfigFactory;
import io.guildhall.Await;
import io.guildhall.adapter.redis.TestRedis;
import io.guildhall.http.route.LiveClient;
import io.guildhall.kernel.Sha256;
import io.guildhall.projections.relay.TestKafka;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes with the environment of {@code docker/compose.yaml} and {@code .env.example}, with PostgreSQL, Kafka, Redis
 * and an SMTP server. Host names are replaced by addresses of this machine, and the ports of the services by those that
 * they have here.
 */
class ComposeClusterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("/verify\\?token=([A-Za-z0-9_.-]+)");
    private static final String OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
    private static final ComposeFile FILE = ComposeFile.read(Map.of(
            "POSTGRES_PASSWORD",
            "password",
            "GUILDHALL_SECRET",
            "a secret of the tests, long enough for production",
            "GUILDHALL_MASTER_KEYS",
            Base64.getEncoder().encodeToString(new byte[32]),
            "GUILDHALL_OPERATOR_TOKEN",
            OPERATOR_TOKEN));
    private static final List<NodeAssembly> NODES = new ArrayList<>();
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final TestRedis REDIS = new TestRedis();
    private static TestKafka kafka;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        MAIL.start();
        REDIS.start();
        kafka = TestKafka.start(1_000_000);
        var database = TestDatabase.freshUrl();
        for (var node : FILE.nodes()) NODES.add(open(environment(node, database)));
        for (var node : FILE.nodes())
            Await.until(() -> assertThat(send(HttpRequest.newBuilder(uri(node, "GUILDHALL_PROBES_PORT", "/ready")))
                            .statusCode())
                    .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        NODES.forEach(NodeAssembly::close);
        kafka.close();
        REDIS.close();
        MAIL.stop();
    }

    /** The variables of the image, then those of compose. */
    private static Map<String, Object> environment(String node, String database) {
        var environment = new HashMap<String, Object>();
        environment.put("GUILDHALL_DATA", folder.toString());
        FILE.environment(node).forEach((name, value) -> environment.put(name, local(value)));
        // Each container has a loopback address of its own.
        environment.put("GUILDHALL_MANAGEMENT_HOST", address(node));
        assertThat(environment.get("DATABASE_URL")).isEqualTo("postgres://guildhall:password@postgres:5432/guildhall");
        environment.put("DATABASE_URL", database);
        return environment;
    }

    private static String local(String value) {
        var local = value.replace("kafka:9092", kafka.bootstrapServers())
                .replace("redis:6379", "127.0.0.1:" + REDIS.url().getPort())
                .replace("mailpit:1025", "127.0.0.1:" + MAIL.getSmtp().getPort());
        for (var node : FILE.nodes()) local = local.replace(node, address(node));
        return local;
    }

    /** Each node has an address of its own, so that all have the same ports. Tests that run in parallel have others. */
    private static String address(String node) {
        long process = ProcessHandle.current().pid();
        return "127." + (10 + process / 250 % 200) + "." + (1 + process % 250) + "." + node.substring("node-".length());
    }

    /** Settings read variables from the configuration as from the environment of the process. */
    private static NodeAssembly open(Map<String, Object> environment) {
        var config = Settings.load(ConfigFactory.parseMap(environment)
                .withFallback(ConfigFactory.parseString(
                        "pekko.coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off }")));
        var settings = Settings.from(config);
        return NodeAssembly.open(
                settings,
                config,
                Monitoring.create(),
                CompletableFuture.supplyAsync(
                        () -> Database.open(settings.databaseUrl().orElseThrow(), settings.connectionPools())));
    }

    private static URI uri(String node, String port, String path) {
        return URI.create(
                "http://" + address(node) + ":" + FILE.environment(node).get(port) + path);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode post(String node, String path, int status, String body) {
        return post(node, path, status, body, "");
    }

    /** @param token empty for a request without login */
    private static JsonNode post(String node, String path, int status, String body, String token) {
        var request = HttpRequest.newBuilder(uri(node, "GUILDHALL_PORT", path));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (!body.isEmpty()) request.header("Content-Type", "application/json");
        var response = send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? JSON.createObjectNode() : json(response.body());
    }

    @Test
    void nodesFormOneClusterThatUsesAllServices() {
        for (var node : FILE.nodes()) {
            var members = send(HttpRequest.newBuilder(uri(node, "GUILDHALL_MANAGEMENT_PORT", "/cluster/members"))
                    .header("Authorization", "Bearer " + OPERATOR_TOKEN));
            assertThat(json(members.body()).path("members"))
                    .hasSize(3)
                    .allMatch(it -> it.path("status").asText().equals("Up"));
        }
        post("node-1", "/api/auth/register", 202, """
                {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada", "country": "CH", "roles": ["CLIENT"]}
                """);
        assertThat(MAIL.waitForIncomingEmail(30_000, 1)).as("an e-mail").isTrue();
        post("node-2", "/api/auth/verify", 204, "{\"token\": \"" + mailedToken() + "\"}");
        var token = post(
                        "node-3",
                        "/api/auth/login",
                        200,
                        "{\"email\": \"ada@example.com\", \"password\": \"correct horse battery\"}")
                .path("accessToken")
                .asText();
        for (var node : FILE.nodes())
            assertThat(send(HttpRequest.newBuilder(uri(node, "GUILDHALL_PORT", "/api/me"))
                                    .header("Authorization", "Bearer " + token))
                            .statusCode())
                    .as(node)
                    .isEqualTo(200);
        Await.until(() -> assertThat(kafka.read("guildhall.users").values())
                .anyMatch(it -> it.stream()
                        .anyMatch(event -> new String(event.value(), StandardCharsets.UTF_8)
                                .contains("io.guildhall.user.joined.v1"))));
        assertThatTicketIsRedeemedOnAnotherNode(token);
    }

    private static void assertThatTicketIsRedeemedOnAnotherNode(String token) {
        var ticket = post("node-1", "/api/live/tickets", 201, "", token)
                .path("ticket")
                .asText();
        var key = "guildhall:ticket:" + Sha256.hex(ticket);
        assertThat(REDIS.hasKey(key)).isTrue();
        var address = uri("node-2", "GUILDHALL_PORT", "/").getAuthority();
        try (var live = LiveClient.openWithTicket(address, ticket)) {
            live.skipTo("authenticated");
            assertThat(REDIS.hasKey(key)).as("redeemed").isFalse();
            live.subscribe("me");
            live.skipTo("subscribed");
            var job = post("node-3", "/api/jobs", 201, """
                    {"title": "A boat", "description": "Small.", "category": "design", "skills": ["logo"], "pay": "FIXED",
                     "budget": {"min": {"amount": 1000, "currency": "USD"}, "max": {"amount": 1000, "currency": "USD"}}}
                    """, token);
            assertThat(live.skipTo("job").path("job")).isEqualTo(job);
        }
    }

    private static String mailedToken() {
        var text = GreenMailUtil.getWholeMessage(MAIL.getReceivedMessages()[0])
                .replace("=\r\n", "")
                .replace("=3D", "=");
        var token = TOKEN.matcher(text);
        assertThat(token.find()).as(text).isTrue();
        return token.group(1);
    }
}
