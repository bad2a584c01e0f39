package io.guildhall.projections.process;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.adapter.sandbox.SandboxSettings.WebhookFaults;
import io.guildhall.adapter.sandbox.SandboxWebhooks;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Webhook;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.notify.delivery.EmailDelivery;
import io.guildhall.projections.notify.delivery.MessageNotifications;
import io.guildhall.projections.notify.delivery.NotificationDelivery;
import io.guildhall.projections.notify.mail.MailDelivery;
import io.guildhall.projections.notify.mail.MailLimits;
import io.guildhall.projections.notify.mail.MailTemplates;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.process.escrow.RetryPauses;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.EntityJournal;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.WaitingProposalTable;
import io.guildhall.projections.view.audit.AuditView;
import io.guildhall.projections.view.discrepancy.DiscrepancyView;
import io.guildhall.projections.view.ledger.LedgerView;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import io.guildhall.testing.TestSuspensions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * One node with all processes, over its own database and the sandbox provider with its webhooks. It can be stopped and
 * started again.
 */
final class ProcessFixture implements AutoCloseable {
    static final int FEE_BASIS_POINTS = 500;
    private static final URI PUBLIC_URL = URI.create("https://guildhall.example");
    /** More than any test sends. */
    private static final MailLimits LIMITS = new MailLimits(1_000, 1_000);

    static final int AUDIT_HOUR = 3;
    static final Duration CONFIRMATION_WINDOW = Duration.ofHours(1);
    static final Duration HIRE_TIME_LIMIT = Duration.ofMinutes(15);
    static final Duration ROOM_READ_ONLY_AFTER = Duration.ofDays(30);
    private static final RetryPauses SHORT_PAUSES = new RetryPauses(Duration.ofMillis(200), Duration.ofSeconds(2));

    final HikariDataSource database = new HikariDataSource();
    final InstantSource clock = () -> Instant.now().plus(clockOffset());
    final OutboxMailer mailer = new OutboxMailer(database, 8, clock);
    volatile Entities entities;
    volatile SandboxProvider provider;
    final UnreliableGateway gateway = new UnreliableGateway(() -> this.provider);
    volatile Followers followers;
    final TestSuspensions suspended = new TestSuspensions();
    /** Ids of accounts whose e-mail address is not known. */
    final Set<String> unknown = ConcurrentHashMap.newKeySet();
    /** The alarms raised so far. */
    final List<Report.Kind> alarms = new CopyOnWriteArrayList<>();

    private volatile Duration clockOffset = Duration.ZERO;
    private final HttpServer webhookServer;
    private ActorTestKit kit;
    private SandboxWebhooks webhooks;
    private Deadlines deadlines;
    private MailDelivery mails;
    private NotificationDelivery notifications;

    ProcessFixture() throws Exception {
        this(UnaryOperator.identity());
    }

    /** @param wrapper around each process */
    ProcessFixture(UnaryOperator<Process> wrapper) throws Exception {
        database.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
        database.setMaximumPoolSize(30);
        webhookServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhookServer.createContext("/api/webhooks/payments", this::receiveWebhook);
        webhookServer.start();
        start(wrapper);
    }

    /** @param wrapper around each process */
    void start(UnaryOperator<Process> wrapper) {
        kit = TestNode.start(database.getJdbcUrl());
        var loops = TestLoops.create();
        entities = new Entities(kit.system(), Names.AGGREGATES, clock, suspended, Duration.ofSeconds(3), 10_000);
        provider = new SandboxProvider(database, settings(), clock, new SecureRandom());
        webhooks = new SandboxWebhooks(provider, database, settings(), clock, loops);
        deadlines = new Deadlines(database, clock, loops);
        followers =
                new Followers(kit.system(), database, new FollowerMetrics(new SimpleMeterRegistry(), clock), loops, 4);
        mails = new MailDelivery(
                new MailTable(database),
                new MailResults(database),
                mailer,
                entities,
                LIMITS,
                clock,
                loops,
                new SimpleMeterRegistry());
        mails.start();
        notifications = new NotificationDelivery(
                new ReadDatabase(database, NotificationDelivery.DECISION_CONCURRENCY),
                new EmailDelivery(composer(), this::findAddress),
                new MessageNotifications(Duration.ofMinutes(3), (_, _, _, _) -> {}),
                clock,
                loops,
                _ -> {});
        notifications.start();
        var processes = processes();
        processes.forEach(process -> followers.run(wrapper.apply(process)));
        deadlines.run(processes);
    }

    /** Stops the node. The database and the provider's records stay. */
    void stop() {
        webhooks.close();
        deadlines.close();
        notifications.close();
        mails.close();
        followers.close();
        kit.shutdownTestKit();
    }

    List<Process> processes() {
        return new Processes(
                        entities,
                        deadlines,
                        suspended,
                        clock,
                        new Processes.Mail(composer(), new MailTokens("secret"), this::findAddress, notifications),
                        new Processes.Payments(
                                gateway,
                                recorder(),
                                reports(gateway),
                                FEE_BASIS_POINTS,
                                CONFIRMATION_WINDOW,
                                SHORT_PAUSES,
                                alarms::add),
                        new Processes.Hires(new WaitingProposalTable(database), HIRE_TIME_LIMIT, EscrowRules.STANDARD),
                        ROOM_READ_ONLY_AFTER)
                .all();
    }

    private Mails composer() {
        return new Mails(new MailTemplates(PUBLIC_URL), mails, new UnsubscribeTokens("secret"), PUBLIC_URL);
    }

    /** Starts the views that the auditor needs, and an auditor. */
    Auditor startAuditor(String name) {
        followers.run(new LedgerView());
        followers.run(new AuditView());
        followers.run(new DiscrepancyView());
        return startAnotherAuditor(name);
    }

    /** Starts an auditor as on another node. */
    Auditor startAnotherAuditor(String name) {
        var auditor = new Auditor(database, discrepancies(), reports(gateway), gateway, clock, name, AUDIT_HOUR);
        auditor.start(TestLoops.create());
        return auditor;
    }

    static String address(String accountId) {
        return accountId + "@example.org";
    }

    /** Of every account, unless it is one of {@link #unknown}. */
    private CompletionStage<Optional<String>> findAddress(String accountId) {
        return completedFuture(
                Optional.of(accountId).filter(it -> !unknown.contains(it)).map(ProcessFixture::address));
    }

    private SandboxSettings settings() {
        var url = URI.create("http://127.0.0.1:" + webhookServer.getAddress().getPort());
        return new SandboxSettings(
                "node-1",
                url,
                url.resolve("/api/webhooks/payments"),
                List.of("whsec"),
                Duration.ofMillis(400),
                Duration.ofMillis(1500),
                32,
                new WebhookFaults(3, 4));
    }

    /** Does what the webhook endpoint does. */
    private void receiveWebhook(HttpExchange exchange) throws IOException {
        int status;
        var webhook = provider.readWebhook(
                exchange.getRequestBody().readAllBytes(),
                exchange.getRequestHeaders().getFirst(provider.signatureHeader()));
        try {
            result(reports(provider)
                    .handle(
                            Correlation.NONE,
                            ((Webhook.Verified) webhook).event().change()));
            status = 204;
        } catch (RuntimeException | AssertionError e) {
            status = 503;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Handles what a webhook has reported. */
    void handle(PaymentGateway.Change change) {
        Await.value(() -> {
            result(reports(provider).handle(Correlation.NONE, change));
            return true;
        });
    }

    private PaymentRecorder recorder() {
        return new PaymentRecorder(entities, discrepancies());
    }

    private ProviderReports reports(PaymentGateway from) {
        return new ProviderReports(entities, from, recorder(), discrepancies());
    }

    private DiscrepancyReporter discrepancies() {
        return new DiscrepancyReporter(entities);
    }

    private Duration clockOffset() {
        return clockOffset;
    }

    void advanceClock(Duration time) {
        clockOffset = clockOffset.plus(time);
    }

    /**
     * Sends the command until it is accepted, and fails if it is rejected. A stopped node may have executed the command
     * before its reply was lost; the commands that tests send are not rejected when they are repeated.
     */
    <S, C, R> S execute(Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return switch (attempt(aggregate, id, command)) {
            case Outcome.Done<S, R>(var state) -> state;
            case Outcome.Rejected<S, R>(var reason) ->
                throw new AssertionError(aggregate.name() + " " + id + " rejects " + command + ": " + reason);
        };
    }

    <S, C, R> Outcome<S, R> attempt(Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return Await.value(() -> reply(entities.execute(Correlation.NONE, aggregate, id, command)));
    }

    /** A stage of a stopped node never completes, not even with a timeout. */
    private static <T> T reply(CompletionStage<T> stage) {
        return result(stage.toCompletableFuture().copy().orTimeout(4, TimeUnit.SECONDS));
    }

    <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return reply(entities.state(aggregate, id));
    }

    /** The first 1,000 events of an entity. */
    <E> List<E> events(Aggregate<?, ?, E, ?> aggregate, String id) {
        try (var connection = database.getConnection()) {
            return new EntityJournal(database, kit.system())
                    .read(connection, aggregate, id, 0, 1_000).stream()
                            .map(Recorded::event)
                            .toList();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    long queryNumber(String sql, Object... parameters) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) query.setObject(i + 1, parameters[i]);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The number of events that the processes have still to handle. */
    long eventsBehind() {
        try {
            return followers.control().progress().stream()
                    .mapToLong(it -> it.eventsBehind())
                    .sum();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
        webhookServer.stop(0);
        database.close();
    }
}
