package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordOpened;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordRefused;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.Opening;
import io.guildhall.projections.process.Deadline;
import io.guildhall.projections.process.DeadlineHandler;
import io.guildhall.projections.process.DeadlineResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The calls to the payment provider, made when they are due and again until they are settled: it is the reconciler as well. */
public final class PaymentDeadlines {
    static final String CHARGE = "escrow-charge";
    public static final String ABANDON = "escrow-charge-abandon";
    static final String TRANSFER = "escrow-transfer";
    static final String REFUND = "escrow-refund";
    static final String OPEN_ACCOUNT = "payout-account-open";
    static final String CHECK_ACCOUNT = "payout-account-check";

    /**
     * @param open until the provider is asked again; doubles each time up to a minute
     * @param refused until a refused transfer or refund is tried anew; doubles each time up to an hour
     */
    public record Pauses(Duration open, Duration refused) {
        public static final Pauses USUAL = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30));
        private static final Duration OPEN_MAX = Duration.ofMinutes(1);
        private static final Duration REFUSED_MAX = Duration.ofHours(1);

        Duration open(int runs) {
            return doubled(open, runs, OPEN_MAX);
        }

        Duration refused(int attempt) {
            return doubled(refused, attempt - 1, REFUSED_MAX);
        }

        private static Duration doubled(Duration first, int times, Duration max) {
            var pause = first.multipliedBy(1L << Math.clamp(times, 0, 20));
            return pause.compareTo(max) < 0 ? pause : max;
        }
    }

    private final Entities entities;
    private final PaymentGateway gateway;
    private final PaymentRecorder news;
    private final EscrowSettlement settlement;
    private final Pauses pauses;

    public PaymentDeadlines(Entities entities, PaymentGateway gateway, InstantSource clock, Pauses pauses) {
        this.entities = entities;
        this.gateway = gateway;
        this.news = new PaymentRecorder(entities, gateway, clock);
        this.settlement = new EscrowSettlement(entities, gateway, news, clock);
        this.pauses = pauses;
    }

    /** What is to be done for each kind of row. */
    public Map<String, DeadlineHandler> kinds() {
        return Map.of(
                CHARGE, due -> next(due, settlement.charge(due, attempt(due))),
                ABANDON, due -> next(due, settlement.abandon(due, attempt(due))),
                TRANSFER, due -> next(due, settlement.transfer(due, attempt(due))),
                REFUND, due -> next(due, settlement.refund(due, attempt(due))),
                OPEN_ACCOUNT, this::open,
                CHECK_ACCOUNT, this::check);
    }

    private CompletionStage<DeadlineResult> next(Deadline due, CompletionStage<EscrowSettlement.Result> result) {
        return result.thenApply(it -> switch (it) {
            case SETTLED -> DeadlineResult.done();
            case OPEN -> DeadlineResult.again(pauses.open(due.runs()));
            case REFUSED -> DeadlineResult.again(pauses.refused(attempt(due)));
        });
    }

    private static int attempt(Deadline due) {
        return Integer.parseInt(due.key().substring(due.key().lastIndexOf('/') + 1));
    }

    private CompletionStage<DeadlineResult> open(Deadline due) {
        return entities.state(PayoutAccount.AGGREGATE, due.entityId()).thenCompose(account -> switch (account) {
            case PayoutAccount.Opening opening when opening.attempt() == attempt(due) -> open(due, opening);
            case PayoutAccount.Opening _, PayoutAccount.NotOpened _, PayoutAccount.Open _ ->
                completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> open(Deadline due, PayoutAccount.Opening opening) {
        var owner = due.entityId();
        var request = new AccountRequest(owner + "/open/" + opening.attempt(), owner, opening.country());
        return gateway.open(request).thenCompose(answer -> switch (answer) {
            case Opening.Opened it ->
                entities.execute(
                                due.correlation(),
                                PayoutAccount.AGGREGATE,
                                owner,
                                new RecordOpened(
                                        it.account(), PaymentRecorder.status(it.standing()), it.onboardingLink()))
                        .thenApply(_ -> DeadlineResult.done());
            case Opening.Refused it ->
                entities.execute(
                                due.correlation(),
                                PayoutAccount.AGGREGATE,
                                owner,
                                new RecordRefused(opening.attempt(), it.code()))
                        .thenApply(_ -> DeadlineResult.done());
            case Opening.Unknown _ -> completedFuture(DeadlineResult.again(pauses.open(due.runs())));
        });
    }

    /** An account that is not verified is looked at from time to time, should the provider's word of it get lost. */
    private CompletionStage<DeadlineResult> check(Deadline due) {
        return entities.state(PayoutAccount.AGGREGATE, due.entityId()).thenCompose(account -> switch (account) {
            case PayoutAccount.Open open
            when open.status() != PayoutStatus.VERIFIED ->
                news.account(due.correlation(), open.providerId(), due.entityId())
                        .thenApply(_ -> DeadlineResult.again(pauses.refused(due.runs())));
            case PayoutAccount.Open _, PayoutAccount.NotOpened _, PayoutAccount.Opening _ ->
                completedFuture(DeadlineResult.done());
        });
    }
}
