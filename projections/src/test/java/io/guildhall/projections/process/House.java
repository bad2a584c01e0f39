package io.guildhall.projections.process;

import static io.guildhall.Await.answer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.adapter.postgres.OutboxMailer;
import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.adapter.sandbox.SandboxSettings.Mischief;
import io.guildhall.adapter.sandbox.SandboxWebhooks;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway.Notice;
import io.guildhall.projections.Node;
import io.guildhall.projections.Process;
import io.guildhall.projections.process.account.AccountMailProcess;
import io.guildhall.projections.process.contract.MilestonePaymentProcess;
import io.guildhall.projections.process.escrow.PaymentDeadlines;
import io.guildhall.projections.process.escrow.PaymentDeadlines.Pauses;
import io.guildhall.projections.process.escrow.PaymentProcess;
import io.guildhall.projections.process.hiring.HiringProcess;
import io.guildhall.projections.process.invite.InviteProcess;
import io.guildhall.projections.process.profile.ProfileProcess;
import io.guildhall.projections.process.review.ReviewProcess;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestDatabase;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** One node of everything that moves money, over a database of its own, with the sandbox provider and its webhooks. */
final class House implements AutoCloseable {
    static final int FEE = 500;
    static final Duration CONFIRMATION = Duration.ofHours(1);

    final HikariDataSource database = new HikariDataSource();
    final InstantSource clock = () -> Instant.now().plus(ahead());
    final OutboxMailer mailer = new OutboxMailer(database, clock);
    volatile Entities entities;
    volatile SandboxProvider provider;
    final Line line = new Line(() -> this.provider);
    volatile Deadlines deadlines;
    volatile Followers followers;
    private volatile Duration ahead = Duration.ZERO;
    private final HttpServer listener;
    private ActorTestKit kit;
    private SandboxWebhooks webhooks;

    House(UnaryOperator<Process> running) throws Exception {
        database.setJdbcUrl(TestDatabase.freshUrl());
        database.setMaximumPoolSize(30);
        Migrations.run(database);
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/api/webhooks/payments", this::hear);
        listener.start();
        start(running);
    }

    /** @param running how each process is run */
    void start(UnaryOperator<Process> running) {
        kit = Node.start(database.getJdbcUrl());
        entities = new Entities(kit.system(), Names.AGGREGATES, clock, Duration.ofSeconds(3));
        provider = new SandboxProvider(database, settings(), clock, new SecureRandom());
        webhooks = new SandboxWebhooks(provider, database, settings(), clock);
        deadlines = new Deadlines(database, clock);
        followers = new Followers(kit.system(), database, new FollowerMetrics(new SimpleMeterRegistry(), clock));
        processes().forEach(process -> followers.run(running.apply(process)));
        var pauses = new Pauses(Duration.ofMillis(200), Duration.ofSeconds(2));
        deadlines.run(List.of(
                new PaymentDeadlines(entities, line, clock, pauses).kinds(),
                new InviteProcess(entities, deadlines, FEE).kinds(),
                new ReviewProcess(entities, deadlines).kinds()));
    }

    /** The node is gone; the database and the outside world stay. */
    void stop() {
        webhooks.close();
        deadlines.close();
        followers.close();
        kit.shutdownTestKit();
    }

    /** Fresh ones, as after a restart. */
    List<Process> processes() {
        return List.of(
                new ProfileProcess(entities),
                new AccountMailProcess(mailer, new MailTokens("secret"), URI.create("https://guildhall.example")),
                new HiringProcess(entities, FEE),
                new InviteProcess(entities, deadlines, FEE),
                new PaymentProcess(deadlines, CONFIRMATION),
                new MilestonePaymentProcess(entities),
                new ReviewProcess(entities, deadlines));
    }

    private SandboxSettings settings() {
        var url = URI.create("http://127.0.0.1:" + listener.getAddress().getPort());
        return new SandboxSettings(
                "node-1",
                url,
                url.resolve("/api/webhooks/payments"),
                List.of("whsec"),
                Duration.ofMillis(400),
                Duration.ofMillis(1500),
                32,
                new Mischief(3, 4));
    }

    /** As the webhook's route does. */
    private void hear(HttpExchange exchange) throws IOException {
        int status;
        var notice = provider.read(
                exchange.getRequestBody().readAllBytes(),
                exchange.getRequestHeaders().getFirst(provider.signatureHeader()));
        try {
            answer(new PaymentRecorder(entities, provider, clock)
                    .hear(Correlation.NONE, ((Notice.Genuine) notice).event().news()));
            status = 204;
        } catch (RuntimeException | AssertionError e) {
            status = 503;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private Duration ahead() {
        return ahead;
    }

    void letPass(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Asked again where the node is gone, which may have done it before its answer was lost: the same asked twice is never refused. */
    <S, C, R> S done(Aggregate<S, C, ?, R> aggregate, String id, C command) {
        return switch (Await.value(() -> answered(entities.execute(Correlation.NONE, aggregate, id, command)))) {
            case Outcome.Done<S, R>(var state) -> state;
            case Outcome.Refused<S, R>(var reason) ->
                throw new AssertionError(aggregate.name() + " " + id + " refuses " + command + ": " + reason);
        };
    }

    /** An answer from a node that is gone never comes, not even its time-out. */
    private static <T> T answered(CompletionStage<T> stage) {
        return answer(stage.toCompletableFuture().copy().orTimeout(4, TimeUnit.SECONDS));
    }

    <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return answered(entities.state(aggregate, id));
    }

    long number(String sql, Object... parameters) {
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

    @Override
    public void close() {
        stop();
        listener.stop(0);
        database.close();
    }
}
