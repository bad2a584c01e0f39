package io.guildhall.projections.notify.mail;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.background.ClaimLoop;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand.RecordRefusal;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.RetrySchedule;
import io.guildhall.port.BounceReports.Bounce;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.Mailer.Result;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailResults.Status;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.MailTable.Claim;
import io.guildhall.projections.store.MailTable.Limit.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores e-mails and delivers them, on the node that claims them. Each is passed to the mail system, with exponential
 * backoff, until it was accepted or refused, or is older than {@link #MAX_AGE}. It is accepted twice only if a node
 * dies before it saves the response of the mail system; both have the same Message-ID then.
 *
 * <p>A mail is not sent if its recipient has stopped mails of its kind, or its address has refused mail before. An
 * address that refuses mail permanently is marked, which also notifies its account in the application.
 */
public final class MailDelivery implements MailQueue, ClaimLoop.Queue<Claim>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

    /** How long the delivery of a mail is tried. */
    static final Duration MAX_AGE = Duration.ofDays(2);

    /** Longer than {@link #HANDLING_TIMEOUT}, so that no other node delivers the mail at the same time. */
    private static final Duration CLAIM = Duration.ofMinutes(3);

    private static final Duration HANDLING_TIMEOUT = Duration.ofMinutes(2);
    private static final RetrySchedule RETRIES =
            new RetrySchedule(new Backoff(Duration.ofMinutes(1), Duration.ofHours(4)), MAX_AGE);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private static final int STATEMENT_CONCURRENCY = 2;

    /** How many mails a node delivers at the same time. */
    public static final int MAX_CONCURRENT = 4;

    /** The maximum number of connections at the same time: also for claiming mails. */
    public static final int CONNECTIONS = STATEMENT_CONCURRENCY + 1;

    private final MailTable table;
    private final MailResults results;
    private final Mailer mailer;
    private final Entities entities;
    private final MailLimits limits;
    private final InstantSource clock;
    private final BackgroundLoops loops;
    private final MeterRegistry metrics;
    private final ClaimLoop<Claim> loop = new ClaimLoop<>("mail-delivery", this, MAX_CONCURRENT, HANDLING_TIMEOUT);
    private final BoundedExecutor statements =
            new BoundedExecutor("mail-queue", STATEMENT_CONCURRENCY, STATEMENT_TIMEOUT, STATEMENT_TIMEOUT);

    public MailDelivery(
            MailTable table,
            MailResults results,
            Mailer mailer,
            Entities entities,
            MailLimits limits,
            InstantSource clock,
            BackgroundLoops loops,
            MeterRegistry metrics) {
        this.table = table;
        this.results = results;
        this.mailer = mailer;
        this.entities = entities;
        this.limits = limits;
        this.clock = clock;
        this.loops = loops;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Void> add(Mail mail, String accountId) {
        return statements.call(() -> {
            table.add(mail, accountId, clock.instant());
            wake();
            return null;
        });
    }

    /** Starts delivering on this node. */
    public void start() {
        loop.start(loops);
    }

    /** Delivers what is due now, without waiting for the next poll. */
    void wake() {
        loop.wake();
    }

    @Override
    public List<Claim> claimDue(int max) throws SQLException {
        return table.claimDue(max, this::verdict, clock.instant(), CLAIM);
    }

    private Verdict verdict(String kind, int lastHour, int lastDay) {
        var known = MailKind.fromKey(kind);
        boolean isAllowed = known.filter(MailKind::isCausedByStrangers).isPresent()
                ? limits.allowsOfStrangers(lastHour, lastDay)
                : limits.allows(lastHour, lastDay);
        if (isAllowed) return Verdict.ALLOWED;
        return known.filter(MailKind::isDroppedOverLimit).isPresent() ? Verdict.DROPPED : Verdict.WAITS;
    }

    @Override
    public CompletionStage<Void> handle(Claim claim) {
        return obstacle(claim)
                .thenCompose(obstacle -> obstacle.map(it -> switch (it) {
                            case Obstacle.Final end -> finish(claim, end.status(), "");
                            case Obstacle.QuietUntil quiet -> hold(claim, quiet.end());
                        })
                        .orElseGet(() -> mailer.send(claim.mail()).thenCompose(result -> save(claim, result))));
    }

    @Override
    public CompletionStage<Void> failed(Claim claim, Throwable failure) {
        return later(claim, failure.toString());
    }

    /** Why a mail is not sent now. */
    private sealed interface Obstacle {
        record Final(Status status) implements Obstacle {}

        /** A mail whose delivery was postponed can be due in quiet hours. */
        record QuietUntil(Instant end) implements Obstacle {}
    }

    /** Empty if the mail is sent now. */
    private CompletionStage<Optional<Obstacle>> obstacle(Claim claim) {
        var kind = MailKind.fromKey(claim.mail().kind());
        boolean ignoresRefusals = kind.filter(MailKind::isSentToRefusingAddress).isPresent();
        CompletionStage<Boolean> isRefusing = ignoresRefusals
                ? completedFuture(false)
                : entities.state(MailAddress.AGGREGATE, claim.owner().addressId())
                        .thenApply(MailAddress.Refusing.class::isInstance);
        CompletionStage<Optional<Obstacle>> unwanted =
                kind.filter(MailKind::canBeStopped).isEmpty()
                        ? completedFuture(Optional.empty())
                        : entities.state(Preferences.AGGREGATE, claim.owner().accountId())
                                .thenApply(preferences -> unwanted(claim, preferences));
        return isRefusing.thenCombine(
                unwanted,
                (refusing, other) -> other.filter(Obstacle.Final.class::isInstance)
                        .or(() -> refusing ? Optional.of(new Obstacle.Final(Status.ADDRESS_REFUSES)) : other));
    }

    private Optional<Obstacle> unwanted(Claim claim, Preferences preferences) {
        if (!preferences.wantsMail(claim.mail().kind())) return Optional.of(new Obstacle.Final(Status.STOPPED));
        return preferences
                .notifications()
                .times()
                .endOfQuietHours(clock.instant())
                .map(Obstacle.QuietUntil::new);
    }

    private CompletionStage<Void> hold(Claim claim, Instant until) {
        return statements.call(() -> {
            results.hold(claim, until, clock.instant());
            return null;
        });
    }

    private CompletionStage<Void> save(Claim claim, Result result) {
        return switch (result) {
            case Result.Accepted _ -> finish(claim, Status.SENT, "");
            case Result.Deferred it -> later(claim, it.reason());
            case Result.Refused it
            when it.isAddressInvalid() ->
                markAddress(claim.owner(), it.reason()).thenCompose(_ -> refused(claim, it.reason()));
            case Result.Refused it -> refused(claim, it.reason());
        };
    }

    private CompletionStage<Void> refused(Claim claim, String reason) {
        // The reason is in the queue: it can contain the address.
        LOG.warn("Mail {} was refused and is not sent", claim.mail().id());
        return finish(claim, Status.REFUSED, reason);
    }

    private CompletionStage<Void> markAddress(MailTable.Owner owner, String reason) {
        return entities.execute(
                        Correlation.NONE,
                        MailAddress.AGGREGATE,
                        owner.addressId(),
                        new RecordRefusal(owner.accountId(), reason))
                .thenApply(_ -> null);
    }

    private CompletionStage<Void> later(Claim claim, String reason) {
        var due = RETRIES.next(claim.attempt(), claim.queuedAt(), clock.instant());
        if (due.isEmpty()) {
            LOG.warn("Mail {} was not accepted for {}; giving up", claim.mail().id(), MAX_AGE);
            return finish(claim, Status.GIVEN_UP, reason);
        }
        count("deferred");
        return statements.call(() -> {
            results.retry(claim, reason, due.get(), clock.instant());
            return null;
        });
    }

    private CompletionStage<Void> finish(Claim claim, Status status, String reason) {
        count(status.name().toLowerCase(Locale.ROOT));
        Instant now = clock.instant();
        return statements.call(() -> {
            results.finish(claim, status, reason, now);
            return null;
        });
    }

    private void count(String result) {
        metrics.counter("guildhall_mails", "result", result).increment();
    }

    /** Records that a mail server has returned a mail. Completes with false if there is no such mail. */
    CompletionStage<Boolean> recordBounce(Bounce bounce) {
        return statements
                .call(() -> results.find(bounce.mailKey()))
                .thenCompose(
                        found -> found.map(owner -> recordBounce(owner, bounce).thenApply(_ -> true))
                                .orElseGet(() -> completedFuture(false)));
    }

    private CompletionStage<Void> recordBounce(MailTable.Owner owner, Bounce bounce) {
        CompletionStage<Void> marked =
                bounce.isAddressInvalid() ? markAddress(owner, bounce.reason()) : completedFuture(null);
        return marked.thenCompose(_ -> statements.call(() -> {
            results.recordBounce(bounce.mailKey(), bounce.reason(), clock.instant());
            return null;
        }));
    }

    /** Claims no more mails. Those being delivered are completed, or claimed again by another node. */
    @Override
    public void close() {
        loop.close();
    }
}
