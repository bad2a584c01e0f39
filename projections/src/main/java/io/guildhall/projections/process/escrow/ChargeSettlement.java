package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.Escrow.Funding;
import io.guildhall.domain.escrow.Escrow.Redirecting;
import io.guildhall.domain.escrow.Escrow.Refunding;
import io.guildhall.domain.escrow.Escrow.Releasing;
import io.guildhall.domain.escrow.Escrow.Splitting;
import io.guildhall.domain.escrow.EscrowCommand.Cancel;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.process.escrow.ProviderCalls.Result;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Settles the open charge of an escrow. It decides from the escrow's own state, so it can run at any time, repeatedly and on
 * any node: the idempotency key is derived from id and attempt.
 */
final class ChargeSettlement {
    private final Entities entities;
    private final ProviderCalls calls;
    private final SuspendedAccounts suspended;
    private final Duration confirmationWindow;

    /** @param confirmationWindow how long a payer can take to confirm a charge */
    ChargeSettlement(Entities entities, ProviderCalls calls, SuspendedAccounts suspended, Duration confirmationWindow) {
        this.entities = entities;
        this.calls = calls;
        this.suspended = suspended;
        this.confirmationWindow = confirmationWindow;
    }

    CompletionStage<Result> charge(Deadline due, int attempt) {
        return funding(due, attempt, funding -> charge(due, funding));
    }

    /**
     * A contract that was cancelled calls its escrows off. Until that has arrived, the contract itself is asked, so that
     * nothing is charged, and nothing can be confirmed, after a cancellation that came first.
     */
    private CompletionStage<Result> charge(Deadline due, Funding funding) {
        var id = id(due, funding.charge().attempt());
        if (funding.isCancelled() || funding.drop().isPresent()) return calls.withdraw(due.correlation(), id);
        if (!suspended.areKnown()) return completedFuture(Result.OPEN);
        if (isOneSideSuspended(funding.deal())) return calls.withdraw(due.correlation(), id, Escrow.SUSPENDED);
        return entities.state(Contract.AGGREGATE, funding.deal().contractId())
                .thenCompose(contract -> switch (contract) {
                    case Contract.Cancelled _ ->
                        entities.execute(due.correlation(), Escrow.AGGREGATE, due.entityId(), new Cancel())
                                .thenCompose(_ -> calls.withdraw(due.correlation(), id));
                    case Contract.NotCreated _, Contract.AwaitingFunding _, Contract.Active _, Contract.Completed _ ->
                        settle(due, funding);
                });
    }

    /** The suspension came after the client's request: a charge that was not made yet is cancelled. */
    private boolean isOneSideSuspended(EscrowDeal deal) {
        return suspended.contains(deal.clientId()) || suspended.contains(deal.freelancerId());
    }

    private CompletionStage<Result> settle(Deadline due, Funding funding) {
        var charge =
                new Charge(id(due, funding.charge().attempt()), funding.deal().amount(), funding.paymentMethod());
        return calls.settle(due.correlation(), charge, funding.charge(), ProviderCalls::settled);
    }

    /**
     * Abandons a charge that the payer has not confirmed in time or has dropped, so that another card can be tried. A
     * charge that can still be confirmed is unchanged, whatever made the deadline due.
     */
    CompletionStage<Result> abandonCharge(Deadline due, int attempt) {
        return funding(due, attempt, funding -> {
            if (funding.charge().status() != PendingCall.Status.ACTION_REQUIRED) return ProviderCalls.settled();
            return canBeConfirmed(funding)
                    ? completedFuture(Result.OPEN)
                    : calls.cancel(due.correlation(), id(due, attempt));
        });
    }

    private boolean canBeConfirmed(Funding funding) {
        var since = funding.charge().since();
        return !funding.isCancelled()
                && funding.drop().isEmpty()
                && calls.clock().instant().isBefore(since.plus(confirmationWindow));
    }

    private CompletionStage<Result> funding(
            Deadline due, int attempt, Function<Funding, CompletionStage<Result>> step) {
        return entities.state(Escrow.AGGREGATE, due.entityId()).thenCompose(escrow -> switch (escrow) {
            case Funding funding when funding.charge().attempt() == attempt -> step.apply(funding);
            case Funding _,
                    Escrow.NotCreated _,
                    Escrow.Open _,
                    Escrow.Held _,
                    Releasing _,
                    Escrow.Released _,
                    Refunding _,
                    Escrow.Refunded _,
                    Splitting _,
                    Escrow.Split _,
                    Redirecting _,
                    Escrow.Redirected _,
                    Escrow.Cancelled _ -> calls.settleSuperseded(due.correlation(), Movement.CHARGE, id(due, attempt));
        });
    }

    private static InstructionId id(Deadline due, int attempt) {
        return ProviderCalls.id(due, "charge", attempt);
    }
}
