package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.ChangeSignal;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.adapter.local.LocalFileStore;
import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.postgres.PostgresIdempotency;
import io.guildhall.adapter.postgres.PostgresLiveTickets;
import io.guildhall.adapter.postgres.PostgresNotificationMarks;
import io.guildhall.adapter.postgres.PostgresPresence;
import io.guildhall.adapter.postgres.PostgresReadMarks;
import io.guildhall.adapter.postgres.PostgresRoomFiles;
import io.guildhall.adapter.postgres.PostgresSigningKeys;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.http.HttpApi;
import io.guildhall.http.TestClient;
import io.guildhall.http.auth.AccessTokens;
import io.guildhall.http.auth.AttemptLimits;
import io.guildhall.http.auth.AuthenticationService;
import io.guildhall.http.auth.Identities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.auth.RefreshTokens;
import io.guildhall.http.auth.SessionService;
import io.guildhall.http.endpoint.AccountLimits;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.live.LiveServer;
import io.guildhall.http.live.LiveSettings;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.route.profile.NamedUsers;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import io.guildhall.http.route.webhook.WebhookEndpoints;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.http.server.HttpServer;
import io.guildhall.http.site.Site;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway.AccountStatus;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.port.WebhookTargets;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.account.SqlSessions;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import io.guildhall.testing.TestSuspensions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/** A node's HTTP API over real entities with an in-memory journal. It runs no processes: tests send their commands. */
final class TestServer extends Scenarios {
    /** The keys of all attempts to register and log in that were counted. */
    final Collection<String> attempts = new ConcurrentLinkedQueue<>();

    static final String PASSWORD = "correct horse battery staple";
    private static final String SESSION = "ses_1";
    static final String ALLOWED_ORIGIN = "https://app.example.com";
    static final LiveSettings LIVE_SETTINGS = new LiveSettings(
            100,
            40,
            5,
            4,
            2_000,
            50,
            64,
            200_000,
            400_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMillis(100));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ActorTestKit kit = ActorTestKit.create(
            "server",
            ConfigFactory.parseString("""
            pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
            """).withFallback(TestCluster.SETTINGS).withFallback(ConfigFactory.load()));
    private final DataSource database = TestDatabase.migrated(Migrations::run);
    private final TrackedIdempotency idempotency =
            new TrackedIdempotency(new PostgresIdempotency(database, 8, InstantSource.system()));
    /** Ids of premium accounts. */
    final Set<String> premiumAccounts = ConcurrentHashMap.newKeySet();

    final TestSuspensions suspended = new TestSuspensions();

    final UnsubscribeTokens unsubscribeTokens = new UnsubscribeTokens("secret");
    final OutboxMailer mailer = new OutboxMailer(database, 8, InstantSource.system());
    final Entities entities;
    final SandboxProvider provider;
    final LocalFileStore files;
    final SampleRoomExports exports;
    final SampleDataExports dataExports;
    final List<Endpoint<?, ?>> endpoints;
    final InMemoryLiveEvents liveEvents;
    final LiveServer live;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    /** Ids of ended sessions. */
    final Set<String> endedSessions = ConcurrentHashMap.newKeySet();

    /** Ids of accounts that hide their presence. */
    final Set<String> hidden = ConcurrentHashMap.newKeySet();

    final SampleReadMarks readMarks = new SampleReadMarks();
    /** The messages that can be read and changed, by id. */
    final Map<String, MessageRow> messages = new ConcurrentHashMap<>();

    /** Posts the first message of a room, and returns its id. */
    String message(String roomId, String authorId) {
        var id = newId("msg");
        execute(Room.AGGREGATE, roomId, new RoomCommand.PostMessage(authorId, id, "Hello"));
        var posted = new RoomEvent.MessagePosted(id, 1, authorId, "Hello", Instant.EPOCH);
        messages.put(id, MessageRow.posted(roomId, posted, 2));
        return id;
    }

    /** Shows a message that was sent with files. */
    void addMessage(String roomId, MessagePosted posted) {
        messages.put(posted.messageId(), MessageRow.posted(roomId, posted, posted.number() + 1));
    }

    /** A message with a file that is not in the file store. Returns the id of the file. */
    String messageWithFile(String roomId, String authorId) {
        var file = new Attachment(newId("fil"), "plan.txt", "application/octet-stream", 3);
        addMessage(
                roomId,
                new MessagePosted(
                        newId("msg"),
                        1,
                        authorId,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(file)),
                        Instant.EPOCH));
        return file.fileId();
    }

    private final class KnownMessages implements CurrentMessages {
        @Override
        public CompletionStage<MessageHistory> history(String roomId, String messageId, long number) {
            return completedFuture(new MessageHistory(
                    List.of(
                            new MessageHistory.Version("I will hurt you", Instant.EPOCH),
                            new MessageHistory.Version("Have a nice day", Instant.EPOCH)),
                    Optional.of(Instant.EPOCH)));
        }

        @Override
        public CompletionStage<Optional<MessageRow>> find(String roomId, String messageId) {
            return completedFuture(Optional.ofNullable(messages.get(messageId))
                    .filter(it -> it.roomId().equals(roomId)));
        }

        @Override
        public CompletionStage<Optional<MessageRow>> findWithFile(String roomId, String fileId) {
            return completedFuture(messages.values().stream()
                    .filter(it ->
                            it.roomId().equals(roomId) && it.attachment(fileId).isPresent())
                    .findFirst());
        }
    }

    /** The offset of the clock of the entities. */
    volatile Duration entitiesLater = Duration.ZERO;

    /** The offset of the clock of sessions. */
    volatile Duration sessionsLater = Duration.ZERO;

    /** The offset of the clock of live connections. */
    volatile Duration later = Duration.ZERO;

    /** The clock of the tickets of live connections. */
    volatile InstantSource ticketClock = InstantSource.system();

    private final String passwordHash;
    final TestClient anonymous;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
    private final Materializer materializer;

    /** Adds an unread entry to the notifications of an account. */
    void addNotification(String id, String accountId) {
        try (var connection = database.getConnection()) {
            Sql.update(connection, """
                    INSERT INTO notification_entry (id, account_id, kind, topic, count, detail, links, at, newest_id)
                    VALUES (?, ?, 'WORK_SUBMITTED', ?, 1, '', '[]', now(), ?)
                    """, id, accountId, id, id);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The ids of all unread entries. */
    List<String> unreadNotifications() {
        try (var connection = database.getConnection()) {
            return Sql.list(
                    connection,
                    "SELECT id FROM notification_entry WHERE read_at IS NULL ORDER BY id",
                    row -> row.getString("id"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    TestServer() {
        var clock = InstantSource.system();
        files = new LocalFileStore(folder(), URI.create("http://localhost:8080"), "secret", clock);
        TestCluster.form(kit.system());
        entities = new Entities(
                kit.system(),
                Names.AGGREGATES,
                () -> clock.instant().plus(entitiesLater),
                suspended,
                Duration.ofSeconds(10),
                10_000);
        var settings = SandboxSettings.withDefaults("test", URI.create("http://localhost:8080"), List.of("secret"));
        provider = new SandboxProvider(database, settings, clock, RANDOM);
        var discrepancies = new DiscrepancyReporter(entities);
        var reports =
                new ProviderReports(entities, provider, new PaymentRecorder(entities, discrepancies), discrepancies);
        var keys = new KeyRing(new PostgresSigningKeys(database), "secret", clock, TestLoops.create());
        var limit = new Limit(1_000, Duration.ofMinutes(1));
        var passwords = new Passwords();
        InstantSource sessionClock = () -> clock.instant().plus(sessionsLater);
        var sessions = new SqlSessions(new ReadDatabase(database, 8));
        var sessionService = new SessionService(
                entities, sessions, new AccessTokens(keys, sessionClock), new RefreshTokens("secret"), sessionClock);
        var authentication = new AuthenticationService(
                entities,
                passwords,
                sessionService,
                new MailTokens("secret"),
                new AttemptLimits(recorded(new LocalRateLimiter(clock)), limit, limit, limit, limit),
                clock);
        passwordHash = result(passwords.hash(PASSWORD));
        var identities = new TestIdentities();
        var users = new NamedUsers(SampleReadModel::users, files, clock);
        liveEvents = new InMemoryLiveEvents(ChangeSignal.of(kit.system().classicSystem()));
        live = new LiveServer(
                new LiveServer.Sources(
                        entities,
                        liveEvents,
                        identities,
                        suspended,
                        new PostgresLiveTickets(database, 4, () -> ticketClock.instant()),
                        new PostgresPresence(database, 2, clock),
                        accounts -> completedFuture(
                                accounts.stream().filter(hidden::contains).collect(Collectors.toSet())),
                        readMarks,
                        new PostgresReadMarks(database, clock),
                        new PostgresNotificationMarks(database, clock),
                        users,
                        "test"),
                LIVE_SETTINGS,
                kit.system(),
                metrics,
                TestLoops.create(),
                () -> Instant.now().plus(later));
        var readModel = SampleReadModel.all(premiumAccounts, readMarks);
        exports = (SampleRoomExports) readModel.roomExports();
        dataExports = (SampleDataExports) readModel.dataExports();
        endpoints = new NodeEndpoints(
                        entities,
                        readModel,
                        new NodeEndpoints.Accounts(
                                authentication,
                                sessionService,
                                sessions,
                                keys,
                                suspended,
                                unsubscribeTokens,
                                new PostgresLiveTickets(database, 4, () -> ticketClock.instant()),
                                identities,
                                live.readMarks(),
                                live.notificationMarks(),
                                new WebhookEndpoints.Settings(
                                        new WebhookTargets(Set.of(443), true), new WebhookSecrets("secret"))),
                        new NodeEndpoints.Language(
                                SampleSearch::interpret, new SampleSearch.OneSkill(), SampleSearch::titles),
                        new NodeEndpoints.Files(
                                files, new KnownMessages(), new PostgresRoomFiles(database, Duration.ofDays(1))),
                        new NodeEndpoints.Payments(provider, reports, 500))
                .allWith(new NodeEndpoints.Development(new ProviderPages(), mailer));
        materializer = SystemMaterializer.get(kit.system()).materializer();
        var api = new HttpApi(
                endpoints,
                TestServer::callerFromHeaders,
                suspended,
                idempotency,
                new AccountLimits(new LocalRateLimiter(clock), 1),
                users,
                files,
                Optional.of(mailer),
                live,
                new HttpApi.Settings(
                        new Site.Settings(false, 8558, 500),
                        Set.of(ALLOWED_ORIGIN),
                        "secret",
                        TrustedProxies.NONE,
                        folder()),
                new SimpleMeterRegistry(),
                clock,
                materializer);
        handler = api::handle;
        anonymous = new TestClient(api::handle, new io.guildhall.http.endpoint.Contract(endpoints), materializer);
    }

    /** Requests a page or file, which are not part of the OpenAPI document. */
    TestClient.Response page(String path) {
        return page(HttpRequest.GET(path));
    }

    TestClient.Response page(HttpRequest request) {
        var response = result(handler.apply(request));
        return new TestClient.Response(
                response,
                result(response.entity().toStrict(10_000, materializer))
                        .getData()
                        .toArray());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("guildhall-files-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The token of an account is its id, and the id of its session after a colon. It expires in ten minutes. */
    private final class TestIdentities implements Identities {
        @Override
        public Identity identify(String token) {
            var parts = token.split(":");
            if (parts.length != 2) throw new Problem(401, "bad-token", "The access token is invalid. Log in again.");
            requireActive(parts[1]);
            return new Identity(
                    new Caller(parts[0], parts[1], Set.of(Role.CLIENT)),
                    Instant.now().plus(later).plus(Duration.ofMinutes(10)));
        }

        @Override
        public void requireActive(String session) {
            if (endedSessions.contains(session)) throw new Problem(401, "session-ended", "This session has ended.");
        }
    }

    org.apache.pekko.actor.ActorSystem classicSystem() {
        return kit.system().classicSystem();
    }

    void close() {
        live.close();
        kit.shutdownTestKit();
    }

    private final class ProviderPages implements SandboxEndpoints.Pages {
        @Override
        public CompletionStage<Boolean> confirm(String intent, String clientSecret) {
            return provider.confirmAuthentication(intent, clientSecret);
        }

        @Override
        public CompletionStage<Boolean> onboard(String account, AccountStatus outcome) {
            return provider.completeOnboarding(account, outcome);
        }
    }

    private RateLimiter recorded(RateLimiter limiter) {
        return (key, permits, limit) -> {
            attempts.add(key);
            return limiter.tryAcquire(key, permits, limit);
        };
    }

    static String email(String account) {
        return account + "@example.com";
    }

    /** Registered and verified. */
    void registerAccount(String account) {
        var ada = anAccount(account).withEmail(email(account)).named("Ada").from("CH");
        var address = Email.id(email(account));
        execute(Email.AGGREGATE, address, ada.register(passwordHash, "nonce"));
        execute(Email.AGGREGATE, address, new EmailCommand.Verify("nonce", Optional.empty()));
        execute(Account.AGGREGATE, account, ada.open(passwordHash));
    }

    /** Takes the caller from the headers of the request, without a token. */
    private static Optional<Caller> callerFromHeaders(HttpRequest request) {
        return request.getHeader("x-account")
                .map(HttpHeader::value)
                .map(id -> new Caller(
                        id,
                        request.getHeader("x-session").map(HttpHeader::value).orElse(SESSION),
                        Set.of(Role.valueOf(
                                request.getHeader("x-role").orElseThrow().value()))));
    }

    TestClient as(Role role, String account) {
        return anonymous.with("x-account", account).with("x-role", role.name());
    }

    /** As if the node had crashed after each request took effect and before its response was stored. */
    void forgetStoredResponses() {
        idempotency.awaitStored();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE idempotency SET status = NULL, claimed_until = 'epoch'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** As the view does when all sessions of an account were ended. */
    void endSessionsBefore(String account, int generation) {
        try (var connection = database.getConnection()) {
            Sql.update(connection, "INSERT INTO session_generation VALUES (?, ?)", account, generation);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    <S, C, R> S execute(Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return switch (result(entities.execute(Correlation.NONE, aggregate, id, command))) {
            case Outcome.Done<S, R> done -> done.state();
            case Outcome.Rejected<S, R> refused -> throw new AssertionError(command + ": " + refused.reason());
        };
    }

    @Override
    <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return result(entities.state(aggregate, id));
    }

    /** Serves over real sockets, on a free port, with limits that no test reaches. */
    HttpServer.Binding bind() {
        var limits =
                new ConnectionLimits(500, 500, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1);
        return result(new HttpServer(
                        anonymous.materializer().system(),
                        "test",
                        limits,
                        TrustedProxies.NONE,
                        new SimpleMeterRegistry())
                .bind("127.0.0.1", 0, anonymous.handler()));
    }
}
