package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordOpened;
import io.guildhall.domain.payout.PayoutAccountCommand.RecordRefused;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.AccountResult;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Calls the payment provider when a call is due, and queries it again with backoff until the call is settled: the
 * reconciler of payments.
 */
public final class PaymentDeadlines {
    static final DeadlineKind CHARGE = new DeadlineKind("escrow-charge");
    static final DeadlineKind ABANDON_CHARGE = new DeadlineKind("escrow-charge-abandon");
    static final DeadlineKind TRANSFER = new DeadlineKind("escrow-transfer");
    static final DeadlineKind REFUND = new DeadlineKind("escrow-refund");
    static final DeadlineKind RETURN_SURPLUS = new DeadlineKind("discrepancy-return");
    static final DeadlineKind OPEN_ACCOUNT = new DeadlineKind("payout-account-open");
    static final DeadlineKind CHECK_ACCOUNT = new DeadlineKind("payout-account-check");

    /** About three weeks. */
    private static final int MAX_CHECKS = 30;

    private final Entities entities;
    private final PaymentGateway gateway;
    private final ProviderReports reports;
    private final ChargeSettlement charges;
    private final EscrowSettlement settlement;
    private final RetryPauses pauses;

    /** @param confirmationWindow how long a payer can take to confirm a charge */
    public PaymentDeadlines(
            Entities entities,
            PaymentGateway gateway,
            PaymentRecorder recorder,
            ProviderReports reports,
            SuspendedAccounts suspended,
            InstantSource clock,
            Duration confirmationWindow,
            RetryPauses pauses) {
        this.entities = entities;
        this.gateway = gateway;
        this.reports = reports;
        var calls = new ProviderCalls(gateway, recorder, clock);
        this.charges = new ChargeSettlement(entities, calls, suspended, confirmationWindow);
        this.settlement = new EscrowSettlement(entities, calls, suspended);
        this.pauses = pauses;
    }

    Map<DeadlineKind, DeadlineHandler> handlers() {
        return Map.of(
                CHARGE, due -> retryUntilSettled(due, charges.charge(due, due.number())),
                ABANDON_CHARGE, due -> retryUntilSettled(due, charges.abandonCharge(due, due.number())),
                TRANSFER, due -> retryUntilSettled(due, settlement.transfer(due, due.number())),
                REFUND, due -> retryUntilSettled(due, settlement.refund(due, due.number())),
                RETURN_SURPLUS, due -> retryUntilSettled(due, settlement.returnSurplus(due, due.number())),
                OPEN_ACCOUNT, this::openAccount,
                CHECK_ACCOUNT, this::checkAccount);
    }

    private CompletionStage<DeadlineResult> retryUntilSettled(
            Deadline due, CompletionStage<ProviderCalls.Result> result) {
        return result.thenApply(it -> switch (it) {
            case SETTLED -> DeadlineResult.done();
            case OPEN -> DeadlineResult.retryAfter(pauses.afterOpen(due.run()));
            case REFUSED -> DeadlineResult.retryAfter(pauses.afterRefused(due.number()));
            case STALLED -> DeadlineResult.retryAfter(RetryPauses.UNTIL_MADE_DUE);
        });
    }

    private CompletionStage<DeadlineResult> openAccount(Deadline due) {
        return entities.state(PayoutAccount.AGGREGATE, due.entityId()).thenCompose(account -> switch (account) {
            case PayoutAccount.Opening opening when opening.attempt() == due.number() -> openAccount(due, opening);
            case PayoutAccount.Opening _, PayoutAccount.NotOpened _, PayoutAccount.Open _ ->
                completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> openAccount(Deadline due, PayoutAccount.Opening opening) {
        var owner = due.entityId();
        var request = new AccountRequest(owner + "/open/" + opening.attempt(), owner, opening.country());
        return gateway.openAccount(request).thenCompose(result -> switch (result) {
            case AccountResult.Opened it ->
                entities.execute(
                                due.correlation(),
                                PayoutAccount.AGGREGATE,
                                owner,
                                new RecordOpened(
                                        it.account(),
                                        ProviderReports.toPayoutStatus(
                                                it.state().status()),
                                        it.onboardingLink(),
                                        it.state().asOf()))
                        .thenApply(_ -> DeadlineResult.done());
            case AccountResult.Refused it ->
                entities.execute(
                                due.correlation(),
                                PayoutAccount.AGGREGATE,
                                owner,
                                new RecordRefused(opening.attempt(), it.code()))
                        .thenApply(_ -> DeadlineResult.done());
            case AccountResult.Unknown _ -> completedFuture(DeadlineResult.retryAfter(pauses.afterOpen(due.run())));
        });
    }

    /**
     * Polls an account that is not verified, in case a webhook about it is lost, and leaves it to an operator after
     * {@value #MAX_CHECKS} checks. A verified one is read once more: two reports may have overtaken each other.
     */
    private CompletionStage<DeadlineResult> checkAccount(Deadline due) {
        return entities.state(PayoutAccount.AGGREGATE, due.entityId()).thenCompose(account -> switch (account) {
            case PayoutAccount.Open open ->
                reports.updateAccount(due.correlation(), open.providerId(), due.entityId())
                        .thenCompose(_ -> afterCheck(due, open.status()));
            case PayoutAccount.NotOpened _, PayoutAccount.Opening _ -> completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> afterCheck(Deadline due, PayoutStatus status) {
        if (status == PayoutStatus.VERIFIED) return completedFuture(DeadlineResult.done());
        if (due.run() < MAX_CHECKS)
            return completedFuture(DeadlineResult.retryAfter(pauses.afterUnverified(due.run())));
        return entities.execute(
                        due.correlation(),
                        PayoutAccount.AGGREGATE,
                        due.entityId(),
                        new PayoutAccountCommand.EndChecks(status, due.run()))
                .thenApply(_ -> DeadlineResult.done());
    }
}
