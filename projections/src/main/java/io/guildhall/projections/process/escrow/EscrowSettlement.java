package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.Escrow.Funding;
import io.guildhall.domain.escrow.Escrow.Refunding;
import io.guildhall.domain.escrow.Escrow.Releasing;
import io.guildhall.domain.escrow.EscrowCommand.RecordReleaseFailed;
import io.guildhall.domain.escrow.EscrowCommand.Retry;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.projections.Deadline;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Settles the open call of an escrow: makes the call or asks the provider for its outcome, and records the result. It
 * decides from the escrow's own state, so it can run at any time, repeatedly and on any node: the idempotency key, made
 * of escrow and attempt, lets the provider act once.
 */
final class EscrowSettlement {
    /** The result of one run. */
    enum Result {
        /** No call is open. */
        SETTLED,
        /** The provider has not decided yet, or did not reply. */
        OPEN,
        /** The provider has refused; a retry is a new attempt. */
        REFUSED
    }

    private final Entities entities;
    private final PaymentGateway gateway;
    private final PaymentRecorder recorder;
    private final InstantSource clock;

    EscrowSettlement(Entities entities, PaymentGateway gateway, PaymentRecorder recorder, InstantSource clock) {
        this.entities = entities;
        this.gateway = gateway;
        this.recorder = recorder;
        this.clock = clock;
    }

    CompletionStage<Result> charge(Deadline due, int attempt) {
        return funding(
                due,
                attempt,
                funding -> funding.calledOff() && funding.charge().status() == PendingCall.Status.ACTION_REQUIRED
                        ? abandonCharge(due, charge(due, funding))
                        : settle(due, charge(due, funding), funding.charge()));
    }

    /** Abandons a charge that the payer has not confirmed in time, so that another card can be tried. */
    CompletionStage<Result> abandonCharge(Deadline due, int attempt) {
        return funding(
                due,
                attempt,
                funding -> funding.charge().status() == PendingCall.Status.ACTION_REQUIRED
                        ? abandonCharge(due, charge(due, funding))
                        : settled());
    }

    private CompletionStage<Result> abandonCharge(Deadline due, Charge charge) {
        return gateway.cancel(charge).thenCompose(result -> record(due, charge, result));
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
                    Escrow.CalledOff _ -> settled();
        });
    }

    CompletionStage<Result> transfer(Deadline due, int attempt) {
        return entities.state(Escrow.AGGREGATE, due.entityId()).thenCompose(escrow -> switch (escrow) {
            case Releasing releasing when releasing.transfer().attempt() == attempt -> payOut(due, releasing);
            case Releasing _,
                    Escrow.NotCreated _,
                    Escrow.Open _,
                    Funding _,
                    Escrow.Held _,
                    Escrow.Released _,
                    Refunding _,
                    Escrow.Refunded _,
                    Escrow.CalledOff _ -> settled();
        });
    }

    CompletionStage<Result> refund(Deadline due, int attempt) {
        return entities.state(Escrow.AGGREGATE, due.entityId()).thenCompose(escrow -> switch (escrow) {
            case Refunding refunding
            when refunding.refund().attempt() == attempt ->
                settle(
                        due,
                        new Refund(
                                instructionId(due, "refund", attempt),
                                refunding.deal().amount(),
                                refunding.payment().id()),
                        refunding.refund());
            case Refunding _,
                    Escrow.NotCreated _,
                    Escrow.Open _,
                    Funding _,
                    Escrow.Held _,
                    Releasing _,
                    Escrow.Released _,
                    Escrow.Refunded _,
                    Escrow.CalledOff _ -> settled();
        });
    }

    private static Charge charge(Deadline due, Funding funding) {
        return new Charge(
                instructionId(due, "charge", funding.charge().attempt()),
                funding.deal().amount(),
                funding.paymentMethod());
    }

    private CompletionStage<Result> payOut(Deadline due, Releasing releasing) {
        int attempt = releasing.transfer().attempt();
        var deal = releasing.deal();
        return entities.state(PayoutAccount.AGGREGATE, deal.freelancerId()).thenCompose(account -> switch (account) {
            case PayoutAccount.Open open ->
                settle(
                        due,
                        new Transfer(
                                instructionId(due, "transfer", attempt),
                                deal.net(),
                                releasing.payment().id(),
                                open.providerId()),
                        releasing.transfer());
            case PayoutAccount.NotOpened _, PayoutAccount.Opening _ ->
                entities.execute(
                                due.correlation(),
                                Escrow.AGGREGATE,
                                due.entityId(),
                                new RecordReleaseFailed(attempt, "no-payout-account"))
                        .thenApply(_ -> Result.REFUSED);
        });
    }

    private CompletionStage<Result> settle(Deadline due, Instruction instruction, PendingCall pending) {
        return switch (pending.status()) {
            case ASKED -> canBeSent(pending) ? perform(due, instruction) : find(due, instruction, pending);
            case UNKNOWN, ACTION_REQUIRED -> find(due, instruction, pending);
            case FAILED ->
                entities.execute(due.correlation(), Escrow.AGGREGATE, due.entityId(), new Retry())
                        .thenApply(_ -> Result.SETTLED);
        };
    }

    private boolean canBeSent(PendingCall pending) {
        return clock.instant().isBefore(pending.since().plus(gateway.keyLifetime()));
    }

    private CompletionStage<Result> perform(Deadline due, Instruction instruction) {
        return gateway.perform(instruction).thenCompose(result -> record(due, instruction, result));
    }

    /**
     * Asks for the outcome of a call that may have been made. If the provider does not know it, the call may still be
     * on its way: the same instruction is sent again. After the key's lifetime a repeat could act twice; a call that
     * the provider does not know by then was never received.
     */
    private CompletionStage<Result> find(Deadline due, Instruction instruction, PendingCall pending) {
        return gateway.find(instruction).thenCompose(trace -> switch (trace) {
            case SearchResult.Found found -> record(due, instruction, found.result());
            case SearchResult.NotFound _ when canBeSent(pending) -> perform(due, instruction);
            case SearchResult.NotFound _ -> record(due, instruction, new PaymentResult.Declined("never-received"));
            case SearchResult.Unreachable _ -> completedFuture(Result.OPEN);
        });
    }

    private CompletionStage<Result> record(Deadline due, Instruction instruction, PaymentResult result) {
        var recorded = switch (instruction) {
            case Charge it -> recorder.recordCharge(due.correlation(), it.id(), result);
            case Transfer it -> recorder.recordTransfer(due.correlation(), it.id(), result);
            case Refund it -> recorder.recordRefund(due.correlation(), it.id(), result);
        };
        return recorded.thenApply(_ -> switch (result) {
            case PaymentResult.Succeeded _ -> Result.SETTLED;
            case PaymentResult.Declined _ ->
                switch (instruction) {
                    case Charge _ -> Result.SETTLED;
                    case Transfer _, Refund _ -> Result.REFUSED;
                };
            case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ -> Result.OPEN;
        });
    }

    private static InstructionId instructionId(Deadline due, String operation, int attempt) {
        return new InstructionId(due.entityId() + "/" + operation + "/" + attempt, due.entityId(), attempt);
    }

    private static CompletionStage<Result> settled() {
        return completedFuture(Result.SETTLED);
    }
}
