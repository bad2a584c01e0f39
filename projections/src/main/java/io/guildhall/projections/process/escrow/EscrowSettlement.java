package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.Escrow.Funding;
import io.guildhall.domain.escrow.Escrow.Payment;
import io.guildhall.domain.escrow.Escrow.Redirecting;
import io.guildhall.domain.escrow.Escrow.Refunding;
import io.guildhall.domain.escrow.Escrow.Releasing;
import io.guildhall.domain.escrow.Escrow.Splitting;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.RecordReleaseFailed;
import io.guildhall.domain.escrow.EscrowCommand.RecordReleaseWithheld;
import io.guildhall.domain.escrow.EscrowCommand.RetryRefund;
import io.guildhall.domain.escrow.EscrowCommand.RetryTransfer;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.process.escrow.ProviderCalls.Result;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Settles the open transfer or refund of an escrow or a discrepancy. It decides from their own state, so it can run at any
 * time, repeatedly and on any node: the idempotency key is derived from id and attempt.
 */
final class EscrowSettlement {
    private final Entities entities;
    private final ProviderCalls calls;
    private final SuspendedAccounts suspended;

    EscrowSettlement(Entities entities, ProviderCalls calls, SuspendedAccounts suspended) {
        this.entities = entities;
        this.calls = calls;
        this.suspended = suspended;
    }

    CompletionStage<Result> transfer(Deadline due, int attempt) {
        return entities.state(Escrow.AGGREGATE, due.entityId()).thenCompose(escrow -> switch (escrow) {
            case Releasing it
            when it.transfer().isAttempt(attempt) ->
                payOut(
                        due,
                        new Payout(
                                it.deal(),
                                it.payment(),
                                it.transfer(),
                                it.deal().net(),
                                Settlement.releasing(it.deal().amount())));
            case Splitting it
            when it.transferId().isEmpty() && it.transfer().isAttempt(attempt) ->
                payOut(due, new Payout(it.deal(), it.payment(), it.transfer(), it.net(), it.settlement()));
            case Redirecting it
            when !it.goesToClient() && it.call().isAttempt(attempt) ->
                payOut(
                        due,
                        new Payout(it.split().deal(), it.split().payment(), it.call(), it.moved(), it.settlement()));
            case Releasing _,
                    Splitting _,
                    Redirecting _,
                    Escrow.Redirected _,
                    Escrow.Split _,
                    Escrow.NotCreated _,
                    Escrow.Open _,
                    Funding _,
                    Escrow.Held _,
                    Escrow.Released _,
                    Refunding _,
                    Escrow.Refunded _,
                    Escrow.Cancelled _ ->
                calls.settleSuperseded(
                        due.correlation(), Movement.TRANSFER, ProviderCalls.id(due, "transfer", attempt));
        });
    }

    CompletionStage<Result> refund(Deadline due, int attempt) {
        var id = ProviderCalls.id(due, "refund", attempt);
        return entities.state(Escrow.AGGREGATE, due.entityId()).thenCompose(escrow -> switch (escrow) {
            case Refunding it
            when it.refund().isAttempt(attempt) ->
                payBack(due, new Refund(id, it.deal().amount(), it.payment().id()), it.refund());
            case Splitting it
            when it.refundId().isEmpty() && it.refund().isAttempt(attempt) ->
                payBack(
                        due,
                        new Refund(id, it.settlement().refund(), it.payment().id()),
                        it.refund());
            case Redirecting it
            when it.goesToClient() && it.call().isAttempt(attempt) ->
                payBack(due, new Refund(id, it.moved(), it.split().payment().id()), it.call());
            case Refunding _,
                    Splitting _,
                    Redirecting _,
                    Escrow.Redirected _,
                    Escrow.Split _,
                    Escrow.NotCreated _,
                    Escrow.Open _,
                    Funding _,
                    Escrow.Held _,
                    Releasing _,
                    Escrow.Released _,
                    Escrow.Refunded _,
                    Escrow.Cancelled _ -> calls.settleSuperseded(due.correlation(), Movement.REFUND, id);
        });
    }

    private CompletionStage<Result> payBack(Deadline due, Refund refund, PendingCall pending) {
        return calls.settle(due.correlation(), refund, pending, () -> execute(due, new RetryRefund()));
    }

    /** Sends the money of a discrepancy back. */
    CompletionStage<Result> returnSurplus(Deadline due, int attempt) {
        var id = ProviderCalls.id(due, "refund", attempt);
        return entities.state(Discrepancy.AGGREGATE, due.entityId()).thenCompose(discrepancy -> switch (discrepancy) {
            case Discrepancy.Returning returning
            when returning.refund().attempt() == attempt ->
                calls.settle(
                        due.correlation(),
                        new Refund(
                                id,
                                returning.report().amount(),
                                returning.report().reference()),
                        returning.refund(),
                        () -> entities.execute(
                                due.correlation(),
                                Discrepancy.AGGREGATE,
                                due.entityId(),
                                new DiscrepancyCommand.Retry()));
            case Discrepancy.Returning _,
                    Discrepancy.NotCreated _,
                    Discrepancy.Waiting _,
                    Discrepancy.Returned _,
                    Discrepancy.Closed _ -> calls.settleSuperseded(due.correlation(), Movement.REFUND, id);
        });
    }

    /**
     * A transfer to the freelancer.
     *
     * @param settlement how the escrow divides the held money
     */
    private record Payout(EscrowDeal deal, Payment payment, PendingCall transfer, Money net, Settlement settlement) {
        boolean isReplacedBy(SettlementDecision decision) {
            return !decision.settlement().equals(settlement);
        }

        boolean isConfirmedBy(SettlementDecision decision) {
            return decision.method() == Method.ADMIN && decision.settlement().equals(settlement);
        }

        /** Whether an operator has ordered the attempt that comes next or is in progress. */
        boolean isOrdered() {
            return transfer.isOrdered() && !transfer.wasRefused();
        }
    }

    /**
     * Nothing is transferred to a suspended freelancer, unless an admin has decided so or an operator has ordered the
     * attempt. A transfer that was refused is not repeated if the money is to be divided otherwise.
     */
    private CompletionStage<Result> payOut(Deadline due, Payout payout) {
        if (!suspended.areKnown()) return completedFuture(Result.OPEN);
        boolean isSuspended = suspended.contains(payout.deal.freelancerId()) && !payout.isOrdered();
        if (!isSuspended && !payout.transfer.wasRefused()) return transfer(due, payout);
        return decision(payout.deal).thenCompose(decision -> {
            if (isSuspended && decision.filter(payout::isConfirmedBy).isEmpty()) return withhold(due, payout);
            if (decision.filter(payout::isReplacedBy).isPresent()) return completedFuture(Result.STALLED);
            return payout.transfer.wasRefused()
                    ? execute(due, new RetryTransfer()).thenApply(_ -> Result.SETTLED)
                    : transfer(due, payout);
        });
    }

    /** The decision of the parties or an admin about the held money; empty for accepted work. */
    private CompletionStage<Optional<SettlementDecision>> decision(EscrowDeal deal) {
        return entities.state(Contract.AGGREGATE, deal.contractId())
                .thenApply(contract -> contract.findDetails()
                        .flatMap(it -> it.held(deal.milestone()).settlement()));
    }

    private CompletionStage<Result> withhold(Deadline due, Payout payout) {
        int attempt = payout.transfer.attempt();
        return calls.withhold(
                due.correlation(),
                ProviderCalls.id(due, "transfer", attempt),
                payout.transfer,
                suspended.knownSince(payout.deal.freelancerId()).map(it -> it.plus(SuspendedAccounts.MAX_AGE)),
                () -> execute(due, new RecordReleaseWithheld(attempt, Escrow.SUSPENDED)));
    }

    private CompletionStage<Result> transfer(Deadline due, Payout payout) {
        var transfer = payout.transfer;
        int attempt = transfer.attempt();
        return entities.state(PayoutAccount.AGGREGATE, payout.deal.freelancerId())
                .thenCompose(account -> switch (account) {
                    case PayoutAccount.Open open ->
                        calls.settle(
                                due.correlation(),
                                new Transfer(
                                        ProviderCalls.id(due, "transfer", attempt),
                                        payout.net,
                                        payout.payment.id(),
                                        open.providerId()),
                                transfer,
                                () -> execute(due, new RetryTransfer()));
                    case PayoutAccount.NotOpened _, PayoutAccount.Opening _ ->
                        execute(due, new RecordReleaseFailed(attempt, "no-payout-account"))
                                .thenApply(_ -> ProviderCalls.refused(attempt));
                });
    }

    private CompletionStage<?> execute(Deadline due, EscrowCommand command) {
        return entities.execute(due.correlation(), Escrow.AGGREGATE, due.entityId(), command);
    }
}
