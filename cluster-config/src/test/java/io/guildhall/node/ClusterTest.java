package io.guildhall.node;

import static io.guildhall.node.TestNodes.send;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.guildhall.Await;
import io.guildhall.domain.account.Role;
import io.guildhall.http.route.LiveClient;
import io.guildhall.port.WebhookSender;
import io.guildhall.port.WebhookSignature;
import io.guildhall.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.ZipInputStream;
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

        leaveWhileAClientListens(logIn(httpPort(1)));
        Await.until(() -> assertThat(me(httpPort(2), logIn(httpPort(1)))).isEqualTo("ada@example.com"));
        Await.until(() -> assertThat(members(managementPort(1))).hasSize(NODES - 1));
    }

    /** Jobs are posted before, while and after the first node leaves. A client of this node receives each of them once. */
    private static void leaveWhileAClientListens(String token) {
        var posted = new ArrayList<String>();
        var received = new ArrayList<JsonNode>();
        String epoch;
        try (var live = LiveClient.open(httpPort(0), token)) {
            live.subscribe("me");
            epoch = live.skipTo("subscribed").path("epoch").asText();
            posted.add(postJob(httpPort(1), token, "Before"));
            received.add(live.skipTo("job"));
            var stopped = CompletableFuture.runAsync(ASSEMBLIES.remove(0)::close);
            for (int i = 0; i < 10; i++) posted.add(postJob(httpPort(1 + i % 2), token, "Meanwhile"));
            assertThat(Await.result(live.closed())).isEqualTo(1001);
            assertThat(live.closeReason()).contains("resume");
            received.addAll(live.arrived("job"));
            stopped.join();
        }
        posted.add(postJob(httpPort(1), token, "After"));
        try (var live = LiveClient.open(httpPort(2), token)) {
            live.subscribe("me", received.getLast().path("offset").asLong(), epoch);
            live.skipTo("subscribed");
            posted.add(postJob(httpPort(1), token, "Resumed"));
            while (received.size() < posted.size()) received.add(live.skipTo("job"));
        }
        assertThat(received)
                .extracting(it -> it.at("/job/id").asText())
                .as("without a gap and without a duplicate")
                .containsExactlyInAnyOrderElementsOf(posted);
        long first = received.getFirst().path("offset").asLong();
        assertThat(received)
                .extracting(it -> it.path("offset").asLong())
                .isEqualTo(
                        LongStream.range(first, first + posted.size()).boxed().toList());
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
        assertThat(eventsOf("bea-registers")).containsExactly("email.registered");
        Await.until(() -> assertThat(eventsOf("bea-verifies"))
                .containsExactly("email.verified", "account.opened", "handle.claimed", "profile.created"));
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

    /** Repeats the request with its key as long as its outcome is unknown, which it can be while a node leaves. */
    private static String postJob(int port, String token, String title) {
        var key = UUID.randomUUID().toString();
        return Await.value(() -> {
            var response = send(HttpRequest.newBuilder(uri(port, "/api/jobs"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"title": "%s", "description": "Square.", "category": "design", "skills": ["logo"], "pay": "FIXED",
                             "budget": {"min": {"amount": 1000, "currency": "USD"}, "max": {"amount": 1000, "currency": "USD"}}}
                            """.formatted(title))));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            return field(response, "id");
        });
    }

    @Test
    void endedSessionClosesItsConnectionsOnEveryNode() {
        register("dan@example.com");
        var token = logIn(httpPort(1), "dan@example.com");
        try (var one = LiveClient.open(httpPort(1), token);
                var two = LiveClient.open(httpPort(2), token);
                var other = LiveClient.open(httpPort(2), logIn(httpPort(1), "dan@example.com"))) {
            for (var it : List.of(one, two, other)) it.skipTo("authenticated");
            var response = send(HttpRequest.newBuilder(uri(httpPort(1), "/api/auth/logout"))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(204);
            for (var it : List.of(one, two))
                assertThat(Await.result(it.closed())).isEqualTo(4401);
            other.send("{\"type\":\"ping\"}");
            other.skipTo("pong");
        }
    }

    private static void skipToText(LiveClient client, String text) {
        while (!client.skipTo("message").at("/message/text").asText().equals(text)) {
            // A message of another test: the two have one conversation.
        }
    }

    private static void assertUnsubscribed(LiveClient connection, String channel) {
        var frame = connection.skipTo("unsubscribed");
        assertThat(frame.path("channel").asText()).isEqualTo(channel);
        assertThat(frame.path("code").asText()).isEqualTo("no-access");
        assertThat(frame.path("detail").asText()).isNotEmpty();
    }

    private static String admin(String email) {
        register(email);
        assertThat(send(HttpRequest.newBuilder(uri(managementPort(1), "/guildhall/accounts/" + email + "/grant-admin"))
                                .header("Authorization", "Bearer " + TestNodes.TOKEN.value())
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isBetween(200, 299);
        return logIn(httpPort(1), email);
    }

    /** The admin's requests arrive at the first of two nodes. */
    @Test
    void removedOrSuspendedPersonIsUnsubscribedOnEveryNode() throws IOException {
        register("hal@example.com");
        register("ivy@example.com", Role.FREELANCER);
        var admin = admin("jon@example.com");
        var hal = logIn(httpPort(1), "hal@example.com");
        var ivy = logIn(httpPort(2), "ivy@example.com");
        var ivyId = JSON.readTree(sendAs(ivy, "GET", httpPort(2), "/api/me", "").body())
                .path("id")
                .asText();
        var halId = JSON.readTree(sendAs(hal, "GET", httpPort(1), "/api/me", "").body())
                .path("id")
                .asText();
        var other = "{\"accountId\": \"" + ivyId + "\"}";
        var room = Await.value(() -> postAs(hal, httpPort(1), "/api/conversations", other))
                .path("roomId")
                .asText();
        Await.until(() -> assertThat(sendAs(ivy, "GET", httpPort(1), "/api/rooms/" + room, "")
                        .statusCode())
                .isEqualTo(200));
        var channel = "room:" + room;
        try (var ivy1 = LiveClient.open(httpPort(1), ivy);
                var ivy2 = LiveClient.open(httpPort(2), ivy);
                var hal1 = LiveClient.open(httpPort(1), hal);
                var hal2 = LiveClient.open(httpPort(2), hal)) {
            for (var it : List.of(ivy1, ivy2, hal1, hal2)) {
                it.subscribe(channel);
                it.skipTo("subscribed");
            }
            postAs(
                    admin,
                    httpPort(1),
                    "/api/admin/rooms/" + room + "/members/" + ivyId + "/remove",
                    "{\"reason\": \"Insults.\"}");
            for (var it : List.of(ivy1, ivy2)) assertUnsubscribed(it, channel);
            postAs(hal, httpPort(2), "/api/rooms/" + room + "/messages", "{\"text\": \"Alone\"}");
            for (var it : List.of(hal1, hal2)) skipToText(it, "Alone");
            for (var it : List.of(ivy1, ivy2)) {
                it.send("{\"type\":\"ping\"}");
                assertThat(it.next().path("type").asText())
                        .as("nothing of the room came before the response to the ping")
                        .isIn("pong", "presence");
            }

            assertThat(sendAs(
                                    admin,
                                    "POST",
                                    httpPort(1),
                                    "/api/admin/accounts/" + halId + "/suspend",
                                    "{\"reason\": \"Fraud.\"}")
                            .statusCode())
                    .isBetween(200, 299);
            for (var it : List.of(hal1, hal2)) {
                assertThat(Await.result(it.closed())).isIn(4401, 4403);
                assertThat(it.closeReason()).containsAnyOf("suspended", "session");
            }
        }
    }

    private static void register(String email) {
        register(email, Role.CLIENT);
    }

    private static void register(String email, Role role) {
        assertThat(post(httpPort(1), "/api/auth/register", """
                {"email":"%s","password":"correct horse battery","name":"Cat","country":"CH","roles":["%s"]}
                """.formatted(email, role))
                        .statusCode())
                .isEqualTo(202);
        var confirmation = Await.value(() -> tokenMailedTo(email, httpPort(1)));
        assertThat(post(httpPort(2), "/api/auth/verify", "{\"token\":\"" + confirmation + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void liveEventsReachEveryNodeAndResumeOnAnother() throws IOException {
        register("cat@example.com");
        var token = logIn(httpPort(1), "cat@example.com");
        JsonNode first;
        String epoch;
        try (var one = LiveClient.open(httpPort(1), token);
                var two = LiveClient.open(httpPort(2), token)) {
            for (var it : List.of(one, two)) it.subscribe("me");
            one.skipTo("subscribed");
            epoch = two.skipTo("subscribed").path("epoch").asText();
            var job = postJob(httpPort(2), token, "First");
            first = one.skipTo("job");
            assertThat(first.at("/job/id").asText()).isEqualTo(job);
            assertThat(first.path("job"))
                    .isEqualTo(JSON.readTree(sendAs(token, "GET", httpPort(1), "/api/jobs/" + job, "")
                            .body()));
            assertThat(first.path("list").asText()).isEqualTo("/api/me/jobs");
            assertThat(two.skipTo("job")).isEqualTo(first);
            one.subscribe("job:" + job, 0, epoch);
            assertThat(one.skipTo("job").path("job")).isEqualTo(first.path("job"));
        }
        var missed = postJob(httpPort(1), token, "Second");
        try (var resumed = LiveClient.open(httpPort(2), token)) {
            resumed.subscribe("me", first.path("offset").asLong(), epoch);
            var frame = resumed.skipTo("job");
            assertThat(frame.at("/job/id").asText()).isEqualTo(missed);
            assertThat(frame.path("offset").asLong())
                    .isEqualTo(first.path("offset").asLong() + 1);
        }
    }

    private record Hook(HttpServer server, BlockingQueue<Map.Entry<Headers, String>> received)
            implements AutoCloseable {
        static Hook start() throws IOException {
            var received = new LinkedBlockingQueue<Map.Entry<Headers, String>>();
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(204, -1);
                    received.add(Map.entry(exchange.getRequestHeaders(), body));
                }
            });
            server.start();
            return new Hook(server, received);
        }

        String fields() {
            return "{\"url\": \"http://127.0.0.1:" + server.getAddress().getPort()
                    + "/\", \"kinds\": [\"WORK_SUBMITTED\"]}";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static HttpResponse<String> sendAs(String token, String method, int port, String path, String json) {
        var request = HttpRequest.newBuilder(uri(port, path)).header("Authorization", "Bearer " + token);
        if (!json.isEmpty()) request.header("Content-Type", "application/json");
        return send(request.method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode postAs(String token, int port, String path, String json) throws IOException {
        var response = sendAs(token, "POST", port, path, json);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    @Test
    void webhookReceivesASignedEvent() throws Exception {
        register("eve@example.com");
        var token = logIn(httpPort(1), "eve@example.com");
        try (var hook = Hook.start()) {
            var registered = postAs(token, httpPort(1), "/api/me/webhooks", hook.fields());
            var webhook = "/api/me/webhooks/" + registered.path("id").asText();
            var delivery = postAs(token, httpPort(2), webhook + "/test", "").path("deliveryId");
            var request = requireNonNull(hook.received().poll(30, TimeUnit.SECONDS), "the test event");
            var headers = request.getKey();
            assertThat(headers.getFirst("webhook-id")).isEqualTo(delivery.asText());
            assertThat(headers.getFirst("webhook-signature"))
                    .isEqualTo(WebhookSignature.of(new WebhookSender.Message(
                            URI.create("http://any"),
                            delivery.asText(),
                            Instant.ofEpochSecond(Long.parseLong(headers.getFirst("webhook-timestamp"))),
                            request.getValue().getBytes(StandardCharsets.UTF_8),
                            List.of(registered.path("secret").asText()))));
            Await.until(() -> {
                var deliveries = send(HttpRequest.newBuilder(uri(httpPort(2), webhook + "/deliveries"))
                        .header("Authorization", "Bearer " + token));
                assertThat(deliveries.body()).contains("\"status\":\"DELIVERED\"", "\"responseStatus\":204");
            });
        }
    }

    /** A message can be changed on another node immediately, although its view has not read it yet. */
    @Test
    void messagesAreChangedOnAnyNode() throws IOException {
        register("fay@example.com");
        register("gus@example.com", Role.FREELANCER);
        var fay = logIn(httpPort(1), "fay@example.com");
        var gus = logIn(httpPort(2), "gus@example.com");
        var me = JSON.readTree(sendAs(gus, "GET", httpPort(2), "/api/me", "").body());
        var other = "{\"accountId\": \"" + me.path("id").asText() + "\"}";
        var room = "/api/rooms/"
                + Await.value(() -> postAs(fay, httpPort(1), "/api/conversations", other))
                        .path("roomId")
                        .asText();
        Await.until(() -> assertThat(sendAs(fay, "GET", httpPort(1), room, "").statusCode())
                .isEqualTo(200));
        postAs(fay, httpPort(1), room + "/messages", "{\"text\": \"Hello\"}");
        // A process creates the profile after the verification.
        var profile = Await.value(() -> {
            var response = sendAs(gus, "GET", httpPort(2), "/api/me/profile", "");
            assertThat(response.statusCode()).isEqualTo(200);
            return JSON.readTree(response.body());
        });
        var mention = "@" + profile.path("handle").asText();
        var sent = postAs(fay, httpPort(1), room + "/messages", "{\"text\": \"Hi " + mention + "\", \"replyTo\": 1}");
        var message = room + "/messages/" + sent.path("id").asText();
        assertThat(JSON.readTree(sendAs(gus, "GET", httpPort(1), message, "").body())
                        .at("/mentions/0/user/accountId"))
                .isEqualTo(me.path("id"));

        var edited = JSON.readTree(
                sendAs(fay, "PUT", httpPort(2), message, "{\"text\": \"Bye\"}").body());
        assertThat(edited.path("text").asText()).isEqualTo("Bye");
        assertThat(edited.path("replyTo").asLong()).isEqualTo(1);
        assertThat(edited.has("editedAt")).isTrue();
        assertThat(edited.path("mentions")).as("the new text mentions nobody").isEmpty();
        var reacted = JSON.readTree(sendAs(gus, "PUT", httpPort(1), message + "/reactions/HEART", "")
                .body());
        assertThat(reacted.at("/reactions/0/count").asLong()).isEqualTo(1);
        assertThat(reacted.at("/reactions/0/mine").asBoolean()).isTrue();
        Await.until(() -> assertThat(sendAs(gus, "GET", httpPort(1), message + "/revisions", "")
                        .body())
                .contains("\"Hi " + mention + "\""));
        assertThat(JSON.readTree(sendAs(gus, "DELETE", httpPort(2), message + "/reactions/HEART", "")
                                .body())
                        .path("reactions"))
                .isEmpty();

        assertThat(sendAs(gus, "DELETE", httpPort(2), message, "").body()).contains("not-your-message");
        assertThat(JSON.readTree(sendAs(fay, "DELETE", httpPort(2), message, "").body())
                        .path("text")
                        .asText())
                .isEmpty();
        assertThat(sendAs(fay, "PUT", httpPort(1), message, "{\"text\": \"Again\"}")
                        .body())
                .contains("message-deleted");
        Await.until(() -> assertThat(sendAs(gus, "GET", httpPort(1), message + "/revisions", "")
                        .body())
                .doesNotContain("Hi"));
        assertThat(sendAs(gus, "GET", httpPort(1), room + "/messages", "").body())
                .contains("\"deletedAt\"", "\"Hello\"")
                .doesNotContain("Bye");
    }

    /** A file that was attached on one node is exported by any node, and downloaded from another one. */
    @Test
    void roomIsExportedWithItsFiles() throws Exception {
        register("kim@example.com");
        register("lea@example.com", Role.FREELANCER);
        var kim = logIn(httpPort(1), "kim@example.com");
        var lea = logIn(httpPort(2), "lea@example.com");
        var me = JSON.readTree(sendAs(lea, "GET", httpPort(2), "/api/me", "").body());
        var other = "{\"accountId\": \"" + me.path("id").asText() + "\"}";
        var room = "/api/rooms/"
                + Await.value(() -> postAs(kim, httpPort(1), "/api/conversations", other))
                        .path("roomId")
                        .asText();
        Await.until(() -> assertThat(sendAs(kim, "GET", httpPort(1), room, "").statusCode())
                .isEqualTo(200));
        var file = postAs(kim, httpPort(1), room + "/files?name=plan.json", "{\"plan\": 1}");
        postAs(
                kim,
                httpPort(1),
                room + "/messages",
                "{\"text\": \"The *plan*\", \"attachments\": [\""
                        + file.path("id").asText() + "\"]}");
        assertThat(new String(download(lea, file.path("path").asText()), StandardCharsets.UTF_8))
                .isEqualTo("{\"plan\": 1}");

        var export = postAs(lea, httpPort(2), room + "/exports", "");
        var path = room + "/exports/" + export.path("id").asText();
        var archive = Await.value(() -> {
            var state = JSON.readTree(sendAs(lea, "GET", httpPort(1), path, "").body());
            assertThat(state.path("state").asText()).isEqualTo("FINISHED");
            return state.path("archive");
        });
        assertThat(sendAs(kim, "GET", httpPort(1), archive.path("path").asText(), "")
                        .statusCode())
                .isEqualTo(404);
        var entries = new HashMap<String, String>();
        try (var zip = new ZipInputStream(
                new ByteArrayInputStream(download(lea, archive.path("path").asText())))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(entries)
                .containsEntry("files/1-1-plan.json", "{\"plan\": 1}")
                .containsKey("index.html");
        assertThat(entries.get("messages/000001.html")).contains("The <em>plan</em>");
    }

    /** Follows the link that the first node returns, on the second one. */
    private static byte[] download(String token, String path) throws Exception {
        var link = URI.create(
                JSON.readTree(sendAs(token, "GET", httpPort(1), path, "").body())
                        .path("url")
                        .asText());
        var request = HttpRequest.newBuilder(uri(httpPort(2), link.getRawPath() + "?" + link.getRawQuery()));
        var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; ");
        return response.body();
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
        return logIn(port, "ada@example.com");
    }

    private static String logIn(int port, String email) {
        var response =
                post(port, "/api/auth/login", "{\"email\":\"" + email + "\",\"password\":\"correct horse battery\"}");
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
