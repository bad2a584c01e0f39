package io.guildhall.projections.relay;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.background.ClaimLoop;
import io.guildhall.domain.webhook.DisableReason;
import io.guildhall.domain.webhook.Webhook;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksCommand.Disable;
import io.guildhall.domain.webhook.WebhooksCommand.ReportDropped;
import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.RetrySchedule;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.port.WebhookSecrets;
import io.guildhall.port.WebhookSender;
import io.guildhall.port.WebhookSender.Failure;
import io.guildhall.port.WebhookSender.Message;
import io.guildhall.port.WebhookSender.Result;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow.Status;
import io.guildhall.projections.store.WebhookClaims.Claim;
import io.guildhall.projections.store.WebhookClaims.Max;
import io.guildhall.projections.store.WebhookClaims.Pace;
import io.guildhall.projections.store.WebhookQueue;
import io.guildhall.projections.store.WebhookQueue.AttemptResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Delivers webhooks on the node that claims them: at least once, in no particular order, with exponential backoff until
 * the receiver responds with 2xx or {@link #MAX_AGE} is over. A receiver that says when it accepts requests again gets
 * none before, within this time. A delivery that is given up disables its webhook, unless
 * another one has succeeded since; so does the response 410 Gone.
 */
public final class WebhookDelivery implements ClaimLoop.Queue<Claim>, AutoCloseable {
    /** How long a delivery is tried. */
    static final Duration MAX_AGE = Duration.ofDays(3);

    /** How long the result of a delivery can be read. */
    static final Duration RETENTION = Duration.ofDays(30);

    /** How many deliveries of one account are in progress at the same time, in the whole cluster. */
    static final int MAX_PER_ACCOUNT = 2;

    /** How many deliveries a node has in progress. */
    public static final int MAX_CONCURRENT = 16;

    /** How many of them can be of accounts whose receivers are slow or have not yet responded. */
    static final int MAX_SLOW = MAX_CONCURRENT / 2;

    /** A delivery that takes longer is slow. */
    static final Duration QUICK = Duration.ofSeconds(2);

    /** How long the deliveries of a suspended account wait until its suspension is checked again. */
    static final Duration SUSPENSION_PAUSE = Duration.ofMinutes(1);

    private static final RetrySchedule RETRIES =
            new RetrySchedule(new Backoff(Duration.ofSeconds(15), Duration.ofHours(12)), MAX_AGE);
    /** Of the other deliveries of a webhook that does not accept one. */
    private static final Backoff POSTPONEMENT = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(5));

    private static final Duration HANDLING_TIMEOUT = Duration.ofMinutes(1);
    /** Longer than {@link #HANDLING_TIMEOUT}, so that no other node delivers the message at the same time. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private static final int STATEMENT_CONCURRENCY = 2;
    private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(15);
    private static final int MAX_DELETED = 1_000;
    private static final int MAX_REPORTED = 100;
    /** Longer than a transaction that drops deliveries, and the difference between the clocks of two nodes. */
    private static final Duration DROPS_OVERLAP = Duration.ofMinutes(5);

    private static final int GONE = 410;

    /** The maximum number of connections at the same time: also for claiming, and for upkeep. */
    public static final int CONNECTIONS = STATEMENT_CONCURRENCY + 2;

    private final WebhookQueue queue;
    private final WebhookSender sender;
    private final WebhookSecrets secrets;
    private final Entities entities;
    private final SuspendedAccounts suspended;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    /** The deliveries in progress on this node that count as slow. */
    private final Set<Claim> slow = ConcurrentHashMap.newKeySet();

    private final AtomicLong waiting;
    private final AtomicLong lagSeconds;
    private final ClaimLoop<Claim> loop;
    private final BoundedExecutor statements =
            new BoundedExecutor("webhook-queue", STATEMENT_CONCURRENCY, STATEMENT_TIMEOUT, STATEMENT_TIMEOUT);
    private volatile @Nullable BackgroundLoop upkeep;
    /** Used by the upkeep only. */
    private Instant dropsReportedUntil;

    public WebhookDelivery(
            WebhookQueue queue,
            WebhookSender sender,
            WebhookSecrets secrets,
            Entities entities,
            SuspendedAccounts suspended,
            InstantSource clock,
            MeterRegistry metrics) {
        this.queue = queue;
        this.sender = sender;
        this.secrets = secrets;
        this.entities = entities;
        this.suspended = suspended;
        this.clock = clock;
        this.dropsReportedUntil = clock.instant().minus(MAX_AGE);
        this.metrics = metrics;
        this.waiting = metrics.gauge("guildhall_webhooks_waiting", new AtomicLong());
        this.lagSeconds = metrics.gauge("guildhall_webhooks_lag_seconds", new AtomicLong());
        this.loop = new ClaimLoop<>("webhook-delivery", this, MAX_CONCURRENT, HANDLING_TIMEOUT);
    }

    /** Starts delivering on this node. */
    public void start(BackgroundLoops loops) {
        loop.start(loops);
        upkeep = loops.start("webhook-upkeep", this::upkeep);
    }

    /** Delivers what is due now, without waiting for the next poll. */
    public void wake() {
        loop.wake();
    }

    @Override
    public List<Claim> claimDue(int max) throws SQLException {
        var claims = queue.claimDue(new Max(max, MAX_SLOW - slow.size()), MAX_PER_ACCOUNT, clock.instant(), CLAIM);
        claims.stream().filter(it -> it.pace() != Pace.QUICK).forEach(slow::add);
        return claims;
    }

    @Override
    public CompletionStage<Void> handle(Claim claim) {
        var handled = suspended.contains(claim.accountId()) ? hold(claim) : deliver(claim);
        return handled.whenComplete((_, _) -> slow.remove(claim));
    }

    /** The deliveries of a suspended account wait, until they are too old. */
    private CompletionStage<Void> hold(Claim claim) {
        Instant until = clock.instant().plus(SUSPENSION_PAUSE);
        if (until.isAfter(claim.queuedAt().plus(MAX_AGE))) return finish(claim, Status.CANCELLED, AttemptResult.none());
        return run(() -> queue.hold(claim, until));
    }

    private CompletionStage<Void> deliver(Claim claim) {
        return entities.state(Webhooks.AGGREGATE, claim.accountId())
                .thenCompose(webhooks -> webhooks.find(claim.webhookId())
                        .filter(Webhook::receivesEvents)
                        .map(it -> deliver(claim, it))
                        .orElseGet(() -> finish(claim, Status.CANCELLED, AttemptResult.none())));
    }

    private CompletionStage<Void> deliver(Claim claim, Webhook webhook) {
        return sender.send(message(claim, webhook))
                .thenCompose(result -> save(claim, result))
                .thenCompose(_ -> savePace(claim));
    }

    private CompletionStage<Void> save(Claim claim, Result result) {
        return switch (result) {
            case Result.Response it
            when it.status() / 100 == 2 ->
                finish(claim, Status.DELIVERED, AttemptResult.response(it.status(), it.excerpt()));
            case Result.Response it
            when it.status() == GONE ->
                giveUp(claim, DisableReason.GONE, AttemptResult.response(it.status(), it.excerpt()));
            case Result.Response it ->
                later(
                        claim,
                        AttemptResult.response(it.status(), it.excerpt()),
                        it.retryAfter().orElse(Instant.MIN));
            case Result.Failed it -> later(claim, AttemptResult.failed(it.failure()), Instant.MIN);
        };
    }

    /** Saves whether the receiver was quick. */
    private CompletionStage<Void> savePace(Claim claim) {
        Instant now = clock.instant();
        boolean isQuick = !now.isAfter(claim.until().minus(CLAIM).plus(QUICK));
        return run(() -> queue.savePace(claim, isQuick, now));
    }

    private Message message(Claim claim, Webhook webhook) {
        Instant now = clock.instant();
        return new Message(
                URI.create(webhook.url()),
                claim.message().id(),
                now,
                claim.message().body(),
                webhook.signingGenerations(now).stream()
                        .map(it -> secrets.secret(claim.accountId(), webhook.id(), it))
                        .toList());
    }

    @Override
    public CompletionStage<Void> failed(Claim claim, Throwable failure) {
        slow.remove(claim);
        return later(claim, AttemptResult.failed(Failure.TIMED_OUT), Instant.MIN)
                .thenCompose(_ -> savePace(claim));
    }

    /** @param earliest when the receiver accepts requests again */
    private CompletionStage<Void> later(Claim claim, AttemptResult result, Instant earliest) {
        Instant now = clock.instant();
        Optional<Instant> next = RETRIES.next(claim.attempt(), claim.queuedAt(), now, earliest);
        if (next.isEmpty()) return giveUp(claim, DisableReason.FAILED, result);
        count("deferred");
        var due = next.get();
        var postponed = now.plus(POSTPONEMENT.after(claim.attempt()));
        var others = postponed.isBefore(earliest) ? due : postponed;
        return run(() -> queue.retry(claim, result, due, others));
    }

    /** The webhook is disabled first: if this fails, the delivery is repeated, and disabling it again changes nothing. */
    private CompletionStage<Void> giveUp(Claim claim, DisableReason reason, AttemptResult result) {
        return mustDisable(claim, reason)
                .thenCompose(disables -> disables ? disable(claim, reason) : completedFuture(null))
                .thenCompose(_ -> finish(claim, Status.FAILED, result));
    }

    private CompletionStage<Boolean> mustDisable(Claim claim, DisableReason reason) {
        return switch (reason) {
            case GONE -> completedFuture(true);
            case FAILED -> statements.call(() -> !queue.hasDeliveredAfter(claim.webhookId(), claim.queuedAt()));
        };
    }

    private CompletionStage<Void> disable(Claim claim, DisableReason reason) {
        return entities.execute(
                        Correlation.NONE,
                        Webhooks.AGGREGATE,
                        claim.accountId(),
                        new Disable(claim.webhookId(), reason, failingSince(claim, reason)))
                .thenApply(_ -> null);
    }

    private static Instant failingSince(Claim claim, DisableReason reason) {
        return switch (reason) {
            case GONE -> claim.until().minus(CLAIM);
            case FAILED -> claim.queuedAt();
        };
    }

    private CompletionStage<Void> finish(Claim claim, Status status, AttemptResult result) {
        count(status.name().toLowerCase(Locale.ROOT));
        Instant now = clock.instant();
        return run(() -> queue.finish(claim, status, result, now));
    }

    private interface Statement {
        void run() throws SQLException;
    }

    private CompletionStage<Void> run(Statement statement) {
        return statements.call(() -> {
            statement.run();
            return null;
        });
    }

    private void count(String result) {
        metrics.counter("guildhall_webhook_deliveries", "result", result).increment();
    }

    /** Measures the backlog, and removes old deliveries. */
    private Duration upkeep() throws Exception {
        Instant now = clock.instant();
        var backlog = queue.backlog(now);
        waiting.set(backlog.waiting());
        lagSeconds.set(backlog.oldest()
                .map(it -> Math.max(0, Duration.between(it, now).toSeconds()))
                .orElse(0L));
        int deleted = queue.deleteFinishedBefore(now.minus(RETENTION), MAX_DELETED)
                + queue.deleteTurnsBefore(now.minus(RETENTION), MAX_DELETED);
        reportDrops(now);
        return deleted >= MAX_DELETED ? Duration.ZERO : UPKEEP_INTERVAL;
    }

    /** Every node does this: repeated commands change nothing. */
    private void reportDrops(Instant now) throws Exception {
        var drops = queue.droppedSince(dropsReportedUntil, MAX_REPORTED);
        for (var it : drops)
            entities.execute(
                            Correlation.NONE,
                            Webhooks.AGGREGATE,
                            it.accountId(),
                            new ReportDropped(it.webhookId(), it.lastAt()))
                    .toCompletableFuture()
                    .get(HANDLING_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        dropsReportedUntil = drops.size() == MAX_REPORTED ? drops.getLast().lastAt() : now.minus(DROPS_OVERLAP);
    }

    /** Claims no more deliveries. Those in progress are completed, or claimed again by another node. */
    @Override
    public void close() {
        loop.close();
        var running = upkeep;
        if (running != null) running.close();
    }
}
