package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.Await;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.http.live.FrameContract;
import io.guildhall.http.server.HttpServer;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvent.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Live connections over real sockets: every event once and in order, and only to those that can read it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class LiveConnectionsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestServer server = new TestServer();
    private final HttpServer.Binding binding = server.bind();
    private final List<LiveClient> clients = new ArrayList<>();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterEach
    void closeClients() {
        clients.forEach(LiveClient::close);
        clients.clear();
        server.later = Duration.ZERO;
        server.ticketClock = InstantSource.system();
        server.suspended.removeAll(List.of(client, freelancer));
        server.endedSessions.clear();
        server.liveEvents.lostSignals = 0;
        server.liveEvents.epoch = "first";
        server.liveEvents.firstKept = 1;
        Await.until(() -> assertThat(gauge("guildhall.live.connections")).isZero());
        assertThat(gauge("guildhall.live.subscriptions")).isZero();
        assertThat(gauge("guildhall.live.channels")).isZero();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private double gauge(String name) {
        return server.metrics.get(name).gauge().value();
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + binding.localAddress().getPort() + path);
    }

    private LiveClient open(String path) {
        var opened = LiveClient.open(uri("ws", path));
        clients.add(opened);
        return opened;
    }

    private static String authenticate(String account) {
        return "{\"type\":\"authenticate\",\"token\":\"" + account + ":ses_" + account + "\"}";
    }

    private LiveClient logIn(String account) {
        var opened = open("/api/live").send(authenticate(account));
        assertThat(opened.next("authenticated").path("accountId").asText()).isEqualTo(account);
        return opened;
    }

    private String room() {
        return Room.id(server.contract(client, freelancer));
    }

    private static Channel room(String id) {
        return Channel.of(Channel.Kind.ROOM, id);
    }

    private void post(String room, long number, String text) {
        server.liveEvents.add(room(room), new Change.MessagePosted(SampleMessages.posted(room, number, client, text)));
    }

    private void post(String room, long first, long last) {
        for (long it = first; it <= last; it++) post(room, it, "text " + it);
    }

    private static List<Long> offsets(LiveClient from, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> from.skipTo("message").path("offset").asLong())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    // Authentication.

    private String ticket(String account) {
        return server.as(Role.CLIENT, account)
                .post("/api/live/tickets")
                .is(201)
                .json()
                .path("ticket")
                .asText();
    }

    @Test
    void ticketAuthenticatesOneConnection() {
        var ticket = ticket(client);
        var first = open("/api/live?ticket=" + ticket);
        assertThat(first.next("authenticated").path("accountId").asText()).isEqualTo(client);
        open("/api/live?ticket=" + ticket).assertClosed(4401);
        open("/api/live?ticket=no").assertClosed(4401);
        server.anonymous.post("/api/live/tickets").is(401, "unauthenticated");
    }

    @Test
    void ticketIsValidFor30Seconds() {
        var lifetime = Duration.ofSeconds(30);
        var now = Instant.parse("2026-11-30T09:00:00Z");
        server.ticketClock = InstantSource.fixed(now);
        var earliest = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(lifetime);
        var response =
                server.as(Role.CLIENT, client).post("/api/live/tickets").is(201).json();
        assertThat(Instant.parse(response.path("expiresAt").asText()))
                .isBetween(earliest, Instant.now().plus(lifetime));
        var expired = ticket(client);
        var ofStream = ticket(client);
        server.ticketClock = InstantSource.fixed(now.plus(lifetime).minusMillis(1));
        open("/api/live?ticket=" + response.path("ticket").asText()).next("authenticated");
        server.ticketClock = InstantSource.fixed(now.plus(lifetime));
        open("/api/live?ticket=" + expired).assertClosed(4401);
        server.page("/api/live/events?channel=me&ticket=" + ofStream).is(401, "unauthenticated");
    }

    @Test
    void framesBeforeAuthenticationCloseTheConnection() {
        open("/api/live").subscribe("me").assertClosed(4401);
        open("/api/live").send("{\"type\":\"authenticate\",\"token\":\"no\"}").assertClosed(4401);
    }

    @Test
    void connectionThatDoesNotAuthenticateInTimeIsClosed() {
        var silent = open("/api/live");
        var other = logIn(client);
        server.later = Duration.ofSeconds(11);
        silent.assertClosed(4401);
        other.send("{\"type\":\"ping\"}").next("pong");
    }

    @Test
    void expiredTokenClosesAfterAGraceUnlessItIsRenewed() {
        var expiring = logIn(client);
        var renewed = logIn(client);
        server.later = Duration.ofMinutes(10).plusSeconds(50);
        for (var it : List.of(expiring, renewed)) {
            it.send("{\"type\":\"ping\"}").next("pong");
        }
        renewed.send(authenticate(client)).next("authenticated");
        server.later = Duration.ofMinutes(11).plusSeconds(5);
        expiring.assertClosed(4401);
        renewed.send("{\"type\":\"ping\"}").next("pong");
        renewed.send(authenticate(freelancer)).assertClosed(4403);
    }

    @Test
    void suspendedAccountsAndEndedSessionsLoseTheirConnections() {
        var suspended = logIn(client);
        var ended = logIn(freelancer);
        var other = logIn(TestServer.newId("acc"));
        server.suspended.add(client);
        suspended.assertClosed(4403);
        server.endedSessions.add("ses_" + freelancer);
        ended.assertClosed(4401);
        other.send("{\"type\":\"ping\"}").next("pong");
        open("/api/live").send(authenticate(client)).assertClosed(4403);
    }

    private int upgradeStatus(String origin, String protocol, String path) {
        try {
            var builder = HTTP.newWebSocketBuilder().header("Origin", origin);
            if (!protocol.isEmpty()) builder.subprotocols(protocol);
            var socket = builder.buildAsync(uri("ws", path), new java.net.http.WebSocket.Listener() {})
                    .join();
            socket.abort();
            return 101;
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof java.net.http.WebSocketHandshakeException failed)
                return failed.getResponse().statusCode();
            throw e;
        }
    }

    @Test
    void upgradeNeedsAnAllowedOriginAndTheSubprotocol() {
        assertThat(upgradeStatus(TestServer.ALLOWED_ORIGIN, "guildhall.v1", "/api/live"))
                .isEqualTo(101);
        assertThat(upgradeStatus(uri("http", "").toString(), "guildhall.v1", "/api/live"))
                .as("a page of the node")
                .isEqualTo(101);
        assertThat(upgradeStatus("https://evil.example.com", "guildhall.v1", "/api/live"))
                .isEqualTo(403);
        assertThat(upgradeStatus("null", "guildhall.v1", "/api/live")).isEqualTo(403);
        assertThat(upgradeStatus(TestServer.ALLOWED_ORIGIN, "", "/api/live")).isEqualTo(400);
        assertThat(upgradeStatus(TestServer.ALLOWED_ORIGIN, "other.v1", "/api/live"))
                .isEqualTo(400);
        assertThat(server.page("/api/live").is(426, "upgrade-required").header("X-Correlation-Id"))
                .isPresent();
        assertThat(server.page(HttpRequest.GET("/api/live/events?channel=me")
                                .addHeader(RawHeader.create("Origin", "https://evil.example.com")))
                        .status())
                .isEqualTo(403);
    }

    // Events.

    @Test
    void framesContainTheResourceThatTheApiReturns() {
        var contract = server.contract(client, freelancer);
        var job = server.publishJob(client);
        var contractState = result(server.entities.state(Contract.AGGREGATE, contract));
        var jobState = result(server.entities.state(Job.AGGREGATE, job));
        var connection = logIn(client);
        for (var it : List.of("me", "contract:" + contract, "job:" + job)) {
            connection.subscribe(it).skipTo("subscribed");
        }
        server.liveEvents.add(
                Channel.of(Channel.Kind.CONTRACT, contract), new Change.ContractChanged(contract, contractState));
        var frame = connection.skipTo("contract");
        assertThat(frame.path("channel").asText()).isEqualTo("contract:" + contract);
        assertThat(frame.path("offset").asLong()).isEqualTo(1);
        assertThat(frame.path("contract"))
                .isEqualTo(server.as(Role.CLIENT, client)
                        .get("/api/contracts/" + contract)
                        .json());
        server.liveEvents.add(Channel.of(Channel.Kind.JOB, job), new Change.JobChanged(job, jobState));
        assertThat(connection.next("job").path("job"))
                .isEqualTo(
                        server.as(Role.CLIENT, client).get("/api/jobs/" + job).json());
        server.liveEvents.add(Channel.me(client), new Change.JobChanged(job, jobState));
        assertThat(connection.next("job").path("channel").asText()).isEqualTo("me");
    }

    @Test
    void onlyTheClientOfAJobSeesItsPrivateContent() {
        var job = server.publishJob(client);
        var other = logIn(freelancer).subscribe("job:" + job);
        var owner = logIn(client).subscribe("job:" + job);
        other.next("subscribed");
        owner.next("subscribed");
        var filling = server.execute(
                Job.AGGREGATE,
                job,
                new JobCommand.TakeInvite("inv_1-1", 1, client, "USD", TestServer.newId("ctr"), 500));
        server.liveEvents.add(Channel.of(Channel.Kind.JOB, job), new Change.JobChanged(job, filling));
        assertThat(owner.next("job").path("job").has("contractId")).isTrue();
        assertThat(other.next("job").path("job").has("contractId")).isFalse();
    }

    /** The draft is among the recent events of the job. */
    @Test
    void subscriberOfAPublishedJobDoesNotSeeItsDraft() {
        var job = TestServer.newId("job");
        var channel = Channel.of(Channel.Kind.JOB, job);
        var draft = server.execute(Job.AGGREGATE, job, new JobCommand.Post(client, aJob().build(), false));
        server.liveEvents.add(channel, new Change.JobChanged(job, draft));
        var open = server.execute(Job.AGGREGATE, job, new JobCommand.Publish(client));
        server.liveEvents.add(channel, new Change.JobChanged(job, open));
        for (var account : List.of(freelancer, client)) {
            var connection = logIn(account).subscribe("job:" + job, 0, "first");
            connection.next("subscribed");
            if (account.equals(client))
                assertThat(connection.next("job").path("offset").asLong()).isEqualTo(1);
            assertThat(connection.next("job").path("offset").asLong()).isEqualTo(2);
        }
    }

    @Test
    void resumedSubscriptionGetsMissedEventsInOrderThenNewOnes() {
        var room = room();
        post(room, 1, 350);
        var connection = logIn(client).subscribe("room:" + room, 40, "first");
        assertThat(connection.skipTo("subscribed").path("offset").asLong()).isEqualTo(40);
        assertThat(offsets(connection, 310)).isEqualTo(range(41, 350));
        post(room, 351, 400);
        assertThat(offsets(connection, 50)).isEqualTo(range(351, 400));
        connection
                .send("{\"type\":\"unsubscribe\",\"channel\":\"room:" + room + "\"}")
                .skipTo("unsubscribed");
        post(room, 401, 401);
        connection.send("{\"type\":\"ping\"}").skipTo("pong");
        connection.subscribe("room:" + room, 400, "first").skipTo("subscribed");
        assertThat(offsets(connection, 1)).containsExactly(401L);
    }

    /** The response to a ping can be the last output that is queued. */
    @Test
    void clientThatPingsWhileItCatchesUpGetsEveryEvent() {
        var room = room();
        int messages = 3_000;
        for (long it = 1; it <= messages; it++) post(room, it, "x".repeat(5_000));
        var connection = logIn(client).subscribe("room:" + room, 0, "first");
        for (long first = 1; first <= messages; first += 100) {
            connection.sendPing();
            assertThat(offsets(connection, 100)).isEqualTo(range(first, first + 99));
        }
    }

    @Test
    void clientThatCannotResumeGetsThePathsToReadAgain() {
        var room = room();
        post(room, 1, 20);
        server.liveEvents.firstKept = 15;
        var behind = logIn(client).subscribe("room:" + room, 5, "first").skipTo("resync");
        assertThat(behind.path("code").asText()).isEqualTo("too-far-behind");
        assertThat(behind.path("offset").asLong()).isEqualTo(20);
        assertThat(behind.path("gets")).extracting(JsonNode::asText).contains("/api/rooms/" + room + "/messages");
        for (var get : behind.path("gets"))
            server.as(Role.CLIENT, client).get(get.asText()).is(200);
        var elsewhere = logIn(client);
        assertThat(elsewhere
                        .subscribe("room:" + room, 20, "second")
                        .skipTo("resync")
                        .path("code")
                        .asText())
                .isEqualTo("other-epoch");
        post(room, 21, 21);
        assertThat(offsets(elsewhere, 1)).containsExactly(21L);
        assertThat(elsewhere
                        .subscribe("me", 99, "first")
                        .skipTo("resync")
                        .path("code")
                        .asText())
                .as("an offset of the future")
                .isEqualTo("unknown-offset");
    }

    /** Subscribes, breaks the connection and resumes at random, while messages are written and signals are lost. */
    @Test
    void everyClientGetsEveryEventOnceAndInOrder() throws Exception {
        int messages = 400;
        var room = room();
        server.liveEvents.lostSignals = 30;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var listening = IntStream.range(0, 4)
                    .mapToObj(it -> threads.submit(listener(room, it, messages)))
                    .toList();
            var random = new Random(1);
            for (long it = 1; it <= messages; it++) {
                post(room, it, it);
                if (random.nextInt(3) == 0) java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            for (var it : listening) assertThat(it.get()).isEqualTo(range(1, messages));
        }
    }

    private Callable<List<Long>> listener(String room, int number, int messages) {
        return () -> {
            var random = new Random(number);
            var received = new ArrayList<Long>();
            while (received.size() < messages) {
                try (var connection = LiveClient.open(uri("ws", "/api/live"))) {
                    connection.send(authenticate(number % 2 == 0 ? client : freelancer));
                    long after = received.isEmpty() ? 0 : received.getLast();
                    connection.subscribe("room:" + room, after, "first").skipTo("subscribed");
                    int count = Math.min(messages - received.size(), 1 + random.nextInt(80));
                    received.addAll(offsets(connection, count));
                }
            }
            return received;
        };
    }

    // Access.

    @Test
    void onlyReadersOfAChannelSubscribeToIt() {
        var contract = server.contract(client, freelancer);
        var job = server.publishJob(client);
        var stranger = logIn(TestServer.newId("acc"));
        for (var it : List.of(
                "contract:" + contract,
                "room:" + Room.id(contract),
                "room:" + TestServer.newId("rm"),
                "job:" + TestServer.newId("job"),
                "account:" + client,
                "me:" + client,
                "room:x",
                "")) {
            var error = stranger.subscribe(it).next("error");
            assertThat(error.path("code").asText()).as(it).isIn("not-found", "invalid");
        }
        stranger.subscribe("job:" + job).next("subscribed");
        stranger.subscribe("job:" + job);
        assertThat(stranger.next("error").path("code").asText()).isEqualTo("already-subscribed");
        logIn(freelancer).subscribe("contract:" + contract).next("subscribed");
    }

    @Test
    void subscriptionEndsWhenTheResourceCanNoLongerBeRead() {
        var job = server.publishJob(client);
        var other = logIn(freelancer).subscribe("job:" + job);
        other.next("subscribed");
        server.suspended.add(client);
        var ended = other.next("unsubscribed");
        assertThat(ended.path("code").asText()).isEqualTo("no-access");
        other.subscribe("job:" + job);
        assertThat(other.next("error").path("code").asText()).isEqualTo("not-found");
    }

    // Limits.

    @Test
    void clientThatDoesNotReadIsClosedAndCanResume() {
        var room = room();
        var slow = LiveClient.openWithoutReading(uri("ws", "/api/live"));
        clients.add(slow);
        slow.send(authenticate(client)).subscribe("room:" + room, 0, "first");
        // More than all buffers between the two hold.
        var text = "x".repeat(20_000);
        for (long it = 1; it <= 5_000; it++) post(room, it, text);
        double before = closes(4408);
        server.later = TestServer.LIVE_SETTINGS.slowTimeout().plusSeconds(1);
        Await.until(() -> assertThat(closes(4408)).isEqualTo(before + 1));
        slow.read();
        var received = new ArrayList<Long>();
        Await.until(() -> {
            for (var it : slow.arrived("message"))
                received.add(it.path("offset").asLong());
            assertThat(slow.isClosed()).isTrue();
        });
        assertThat(received).isEqualTo(range(1, received.size()));
        var resumed = logIn(client).subscribe("room:" + room, received.size(), "first");
        assertThat(resumed.skipTo("message").path("offset").asLong()).isEqualTo(received.size() + 1L);
    }

    /** None of them takes more than its own limit, and none is slow for long. */
    @Test
    void clientsThatDoNotReadShareALimit() {
        var room = room();
        double before = closes(4408);
        var allSlow = new ArrayList<LiveClient>();
        for (var account : List.of(client, freelancer))
            for (int i = 0; i < TestServer.LIVE_SETTINGS.maxPerAccount(); i++) {
                var slow = LiveClient.openWithoutReading(uri("ws", "/api/live"));
                clients.add(slow);
                allSlow.add(slow);
                slow.send(authenticate(account)).subscribe("room:" + room, 0, "first");
            }
        var text = "x".repeat(20_000);
        for (long it = 1; it <= 2_000; it++) post(room, it, text);
        Await.until(() -> assertThat(closes(4408)).isGreaterThan(before));
        allSlow.forEach(LiveClient::read);
        Await.until(() -> assertThat(allSlow)
                .anySatisfy(it ->
                        assertThat(it.closeReason()).startsWith("The clients of this server do not read fast enough")));
    }

    private double closes(int code) {
        var counter = server.metrics
                .find("guildhall.live.closes")
                .tag("code", Integer.toString(code))
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void tooManyFramesCloseTheConnection() {
        var flooding = logIn(client);
        for (int i = 0; i < 150; i++) {
            try {
                flooding.send("{\"type\":\"presence\",\"state\":\"ONLINE\"}");
            } catch (AssertionError | RuntimeException e) {
                break; // The connection is closed.
            }
        }
        flooding.assertClosed(4429);
    }

    /** Parts of a message that never ends, each of them empty. */
    @Test
    void tooManyPartsOfAMessageCloseTheConnection() {
        var flooding = logIn(client);
        for (int i = 0; i < 150; i++) {
            try {
                flooding.sendPart("");
            } catch (AssertionError | RuntimeException e) {
                break; // The connection is closed.
            }
        }
        flooding.assertClosed(4429);
    }

    @Test
    void subscriptionsAndConnectionsAreLimited() {
        var connection = logIn(client);
        for (int i = 0; i < TestServer.LIVE_SETTINGS.maxSubscriptions(); i++) {
            connection.subscribe("job:" + server.publishJob(client)).next("subscribed");
        }
        assertThat(connection.subscribe("me").next("error").path("code").asText())
                .isEqualTo("too-many-subscriptions");
        for (int i = 1; i < TestServer.LIVE_SETTINGS.maxPerAccount(); i++) logIn(client);
        open("/api/live").send(authenticate(client)).assertClosed(4429);
    }

    private double connections() {
        return gauge("guildhall.live.connections");
    }

    @Test
    void newConnectionReplacesOneWithoutAuthentication() {
        int max = TestServer.LIVE_SETTINGS.maxPerAddress();
        var anonymous = open("/api/live");
        for (int i = 1; i < max; i++) logIn(TestServer.newId("acc"));
        var last = logIn(client);
        anonymous.assertClosed(4429);
        Await.until(() -> assertThat(connections()).isEqualTo(max));
        assertThat(upgradeStatus(TestServer.ALLOWED_ORIGIN, "guildhall.v1", "/api/live"))
                .isEqualTo(429);
        last.send("{\"type\":\"ping\"}").next("pong");
    }

    @Test
    void hostileFramesAreRefused() {
        var connection = logIn(client);
        for (var it : List.of(
                "{",
                "[]",
                "null",
                "{}",
                "{\"type\":\"other\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"channel\":7}",
                "{\"type\":\"subscribe\",\"channel\":\"me\",\"after\":-1,\"epoch\":\"first\"}",
                "{\"type\":\"subscribe\",\"channel\":\"me\",\"after\":1}",
                "{\"type\":\"subscribe\",\"channel\":\"me\",\"type\":\"ping\"}",
                "{\"type\":\"read\",\"channel\":\"me\",\"number\":1}",
                "{\"type\":\"presence\",\"state\":\"OFFLINE\"}",
                "{\"type\":\"unsubscribe\",\"channel\":\"me\"}",
                "[".repeat(500),
                "{\"type\":".repeat(100))) {
            assertThat(connection.send(it).next("error").path("code").asText())
                    .as(it)
                    .isNotEmpty();
        }
        connection.send("{\"type\":\"ping\"}").next("pong");
        var huge = logIn(client);
        var _ = huge.sendLater("{\"type\":\"" + "x".repeat(50_000) + "\"}");
        huge.assertClosed(1009);
        var binary = logIn(client);
        binary.sendBinary();
        binary.assertClosed(1003);
    }

    @Test
    void errorSaysWhatIsWrongWithAFrame() {
        var connection = logIn(client);
        var known =
                "known types: authenticate, subscribe, unsubscribe, typing, read, read-notifications, presence, ping";
        assertError(connection, "{", "malformed", "The frame is not valid JSON");
        assertError(connection, "[]", "malformed", "The frame must be a JSON object.");
        assertError(connection, "{}", "malformed", "type is required; " + known, "type");
        assertError(connection, "{\"type\":\"sub\"}", "malformed", "type is unknown; " + known, "type");
        assertError(connection, "{\"type\":\"subscribe\"}", "invalid", "channel is required.", "channel");
        assertError(
                connection,
                "{\"type\":\"presence\",\"state\":\"BUSY\"}",
                "invalid",
                "state must be one of ONLINE, AWAY.",
                "state");
        assertError(
                connection,
                "{\"type\":\"read\",\"channel\":\"\",\"number\":0}",
                "invalid",
                "Some fields are invalid; they are listed under errors.",
                "channel",
                "number");
        connection.subscribe("room");
        assertThat(connection.next("error").path("detail").asText())
                .isEqualTo("No such channel. Channels are me, room:{roomId}, contract:{contractId} or job:{jobId}.");
    }

    private static void assertError(LiveClient connection, String frame, String code, String detail, String... fields) {
        var error = connection.send(frame).next("error");
        assertThat(error.path("code").asText()).as(frame).isEqualTo(code);
        assertThat(error.path("detail").asText()).as(frame).startsWith(detail);
        if (fields.length > 0)
            assertThat(error.path("errors"))
                    .extracting(it -> it.path("field").asText())
                    .as(frame)
                    .containsExactly(fields);
    }

    @Test
    void connectionWithoutHeartbeatIsClosed() {
        var connection = logIn(client);
        var dead = LiveClient.openWithoutReading(uri("ws", "/api/live"));
        clients.add(dead);
        dead.send(authenticate(freelancer));
        for (var it : List.of(30, 55, 80)) {
            server.later = Duration.ofSeconds(it);
            connection.send("{\"type\":\"ping\"}").next("pong");
        }
        Await.until(() -> assertThat(closes(4410)).isEqualTo(1));
        assertThat(connection.isClosed()).isFalse();
    }

    // What is not stored.

    @Test
    void membersOfARoomSeeEachOther() {
        var id = room();
        server.as(Role.CLIENT, client)
                .post("/api/rooms/" + id + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        var room = "room:" + id;
        var first = logIn(client).subscribe(room);
        assertThat(first.skipTo("presence").path("state").asText()).isEqualTo("OFFLINE");
        var second = logIn(freelancer).subscribe(room);
        while (!first.skipTo("presence").path("state").asText().equals("ONLINE")) {
            // Offline, as a report on an earlier connection.
        }
        assertThat(second.skipTo("presence").path("accountId").asText()).isEqualTo(client);
        var stranger = logIn(TestServer.newId("acc"));
        assertThat(stranger.send("{\"type\":\"typing\",\"channel\":\"" + room + "\"}")
                        .next("error")
                        .path("code")
                        .asText())
                .isEqualTo("not-subscribed");
        second.send("{\"type\":\"typing\",\"channel\":\"" + room + "\"}");
        second.send("{\"type\":\"typing\",\"channel\":\"" + room + "\"}");
        assertThat(first.skipTo("typing").path("accountId").asText()).isEqualTo(freelancer);
        second.send("{\"type\":\"read\",\"channel\":\"" + room + "\",\"number\":1}");
        assertThat(first.next("read").path("number").asLong())
                .as("the second typing is dropped")
                .isEqualTo(1);
        second.send("{\"type\":\"presence\",\"state\":\"AWAY\"}");
        assertThat(first.next("presence").path("state").asText()).isEqualTo("AWAY");
        second.close();
        var offline = first.next("presence");
        assertThat(offline.path("state").asText()).isEqualTo("OFFLINE");
        assertThat(offline.path("lastSeen").asText()).isNotEmpty();
        assertThat(second.arrived("typing")).as("own frames").isEmpty();
    }

    // Server-sent events.

    private static final String ID_OF_OTHER_CHANNELS = "first;0123456789abcdef;1";

    /** A stream of server-sent events. */
    private final class EventStream implements AutoCloseable {
        private final BufferedReader lines;

        /** @param headers those with an empty value are not sent */
        EventStream(String query, Map<String, String> headers) {
            var request = java.net.http.HttpRequest.newBuilder(uri("http", "/api/live/events?" + query));
            headers.forEach((name, value) -> {
                if (!value.isEmpty()) request.header(name, value);
            });
            try {
                var response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("content-type").orElseThrow())
                        .startsWith("text/event-stream");
                lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** The next event of this type, with its id in {@code id}. */
        JsonNode skipTo(String type) throws IOException {
            return skipTo(Set.of(type));
        }

        JsonNode skipTo(Set<String> types) throws IOException {
            var id = "";
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith("id: ")) id = line.substring(4);
                if (!line.startsWith("data: ")) continue;
                var frame = new com.fasterxml.jackson.databind.ObjectMapper().readTree(line.substring(6));
                assertThat(FrameContract.violations(frame)).isEmpty();
                if (types.contains(frame.path("type").asText()))
                    return ((com.fasterxml.jackson.databind.node.ObjectNode) frame).put("id", id);
            }
            throw new AssertionError("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private EventStream withToken(String query, String lastId) {
        return new EventStream(
                query, Map.of("Authorization", "Bearer " + client + ":ses_" + client, "Last-Event-ID", lastId));
    }

    @Test
    void streamOfEventsResumesAtItsLastEvent() throws IOException {
        var room = room();
        var query = "channel=me&channel=room:" + room;
        String id;
        try (var stream = withToken(query, "")) {
            assertThat(stream.skipTo("authenticated").path("accountId").asText())
                    .isEqualTo(client);
            stream.skipTo("subscribed");
            stream.skipTo("subscribed");
            post(room, 1, 3);
            assertThat(stream.skipTo("message").path("offset").asLong()).isEqualTo(1);
            id = stream.skipTo("message").path("id").asText();
            assertThat(id).startsWith("first;").endsWith(",2");
        }
        post(room, 4, 5);
        try (var stream = withToken(query, id)) {
            for (long it = 3; it <= 5; it++)
                assertThat(stream.skipTo("message").path("offset").asLong()).isEqualTo(it);
        }
        try (var stream = withToken(query, id.replace("first", "other"))) {
            assertThat(stream.skipTo("resync").path("code").asText()).isEqualTo("other-epoch");
            server.suspended.add(client);
            assertThat(stream.skipTo("closed").path("code").asInt()).isEqualTo(4403);
            assertThatThrownBy(() -> stream.skipTo("message")).hasMessageContaining("ended");
        }
    }

    @Test
    void streamNeedsAChannelThatItsClientCanRead() throws IOException {
        for (var it : List.of(
                "channel=mee",
                "channel=me&channel=room:x",
                "channels=me",
                "channel=me&channels=me",
                "channel=account:" + client))
            server.page("/api/live/events?ticket=" + ticket(client) + "&" + it).is(400, "bad-query");
        try (var stream =
                withToken("channel=room:" + TestServer.newId("rm") + "&channel=job:" + TestServer.newId("job"), "")) {
            assertThat(stream.skipTo("error").path("code").asText()).isEqualTo("not-found");
            assertThat(stream.skipTo("error").path("code").asText()).isEqualTo("not-found");
            assertThat(stream.skipTo("closed").path("code").asInt()).isEqualTo(1000);
        }
        try (var stream = withToken("channel=room:" + TestServer.newId("rm") + "&channel=me", "")) {
            var types = Set.of("error", "subscribed");
            assertThat(List.of(stream.skipTo(types), stream.skipTo(types)))
                    .extracting(it -> it.path("type").asText())
                    .containsExactlyInAnyOrder("error", "subscribed");
        }
    }

    /** As a browser, which sends no header. */
    @Test
    void streamOfEventsResumesWithANewTicket() throws IOException {
        var room = room();
        var query = "channel=me&channel=room:" + room;
        var ticket = ticket(client);
        var id = "";
        try (var stream = new EventStream(query + "&lastEventId=&ticket=" + ticket, Map.of())) {
            stream.skipTo("subscribed");
            stream.skipTo("subscribed");
            post(room, 1, 3);
            assertThat(stream.skipTo("message").path("offset").asLong()).isEqualTo(1);
            id = stream.skipTo("message").path("id").asText();
        }
        post(room, 4, 5);
        var last = "&lastEventId=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        server.page("/api/live/events?" + query + last + "&ticket=" + ticket).is(401, "unauthenticated");
        var newer = "";
        try (var stream = new EventStream(query + last + "&ticket=" + ticket(client), Map.of())) {
            for (long it = 3; it <= 5; it++) {
                var message = stream.skipTo("message");
                assertThat(message.path("offset").asLong()).isEqualTo(it);
                newer = message.path("id").asText();
            }
        }
        post(room, 6, 6);
        try (var stream = new EventStream(query + last + "&ticket=" + ticket(client), Map.of("Last-Event-ID", newer))) {
            assertThat(stream.skipTo("message").path("offset").asLong())
                    .as("the header is newer")
                    .isEqualTo(6);
        }
    }

    @Test
    void streamOfEventsNeedsALoginAndChannels() {
        server.page("/api/live/events?channel=me").is(401, "unauthenticated");
        server.page("/api/live/events").is(400, "bad-query");
        server.page("/api/live/events?channel=a&channel=b&channel=c&channel=d&channel=e")
                .is(400, "bad-query");
        for (var it : List.of("x", ";", "first;", "first;me", "first;me=1", ID_OF_OTHER_CHANNELS)) {
            server.page("/api/live/events?channel=me&lastEventId=" + it).is(400, "bad-cursor");
            server.page(HttpRequest.GET("/api/live/events?channel=me").addHeader(RawHeader.create("Last-Event-ID", it)))
                    .is(400, "bad-cursor");
        }
        assertThat(server.page(HttpRequest.POST("/api/live/events?channel=me")).status())
                .isEqualTo(405);
    }
}
