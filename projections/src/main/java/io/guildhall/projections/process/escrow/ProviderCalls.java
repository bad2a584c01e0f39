package io.guildhall.projections.process.escrow;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.kernel.Correlation;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Instruction;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.projections.Deadline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Makes a call to the payment provider, or queries the provider for its outcome, and records the result. Can run at any
 * time, repeatedly and on any node: the idempotency key lets the provider act once.
 */
record ProviderCalls(PaymentGateway gateway, PaymentRecorder recorder, InstantSource clock) {
    private static final String NEVER_RECEIVED = "never-received";

    /** The result of one run. */
    enum Result {
        /** No call is open. */
        SETTLED,
        /** The provider has not decided yet, or did not reply. */
        OPEN,
        /** The provider has refused; a retry is a new attempt. */
        REFUSED,
        /** The provider has refused the last automatic attempt. */
        STALLED
    }

    /** The idempotency key of an attempt of the operation that is due. */
    static InstructionId id(Deadline due, String operation, int attempt) {
        return new InstructionId(due.entityId() + "/" + operation + "/" + attempt, due.entityId(), attempt);
    }

    static CompletionStage<Result> settled() {
        return completedFuture(Result.SETTLED);
    }

    /** @param retry starts the next attempt of a call that the provider has refused */
    CompletionStage<Result> settle(
            Correlation correlation,
            Instruction instruction,
            PendingCall pending,
            Supplier<? extends CompletionStage<?>> retry) {
        return switch (pending.status()) {
            case REQUESTED ->
                canBeSent(pending) ? perform(correlation, instruction) : find(correlation, instruction, pending);
            case UNKNOWN, ACTION_REQUIRED -> find(correlation, instruction, pending);
            // A stalled call runs again only if its deadline was made due: the reason for the refusals may be gone.
            case FAILED, STALLED -> retry.get().thenApply(_ -> Result.SETTLED);
        };
    }

    private boolean canBeSent(PendingCall pending) {
        return clock.instant().isBefore(pending.since().plus(gateway.keyLifetime()));
    }

    private CompletionStage<Result> perform(Correlation correlation, Instruction instruction) {
        return gateway.perform(instruction)
                .thenCompose(result -> record(correlation, instruction.movement(), instruction.id(), result));
    }

    /**
     * Asks for the outcome of a call that may have been made. If the provider does not know it, the call may still be
     * on its way: the same instruction is sent again. After the key's lifetime a repeat could act twice; a call that
     * the provider does not know by then was never received.
     */
    private CompletionStage<Result> find(Correlation correlation, Instruction instruction, PendingCall pending) {
        return gateway.find(instruction.movement(), instruction.id()).thenCompose(trace -> switch (trace) {
            case SearchResult.Found found ->
                record(correlation, instruction.movement(), instruction.id(), found.result());
            case SearchResult.NotFound _ when canBeSent(pending) -> perform(correlation, instruction);
            case SearchResult.NotFound _ ->
                decline(correlation, instruction.movement(), instruction.id(), NEVER_RECEIVED);
            case SearchResult.Unreachable _ -> completedFuture(Result.OPEN);
        });
    }

    private CompletionStage<Result> decline(Correlation correlation, Movement movement, InstructionId id, String code) {
        return record(correlation, movement, id, new PaymentResult.Declined(code));
    }

    /**
     * Records the outcome of a charge that must no longer be made, without making it. Cancels a charge that waits for
     * its payer.
     */
    CompletionStage<Result> withdraw(Correlation correlation, InstructionId charge) {
        return withdraw(correlation, charge, NEVER_RECEIVED, () -> cancel(correlation, charge));
    }

    /** @param code why the charge is not made, or is cancelled if the payer has not confirmed it */
    CompletionStage<Result> withdraw(Correlation correlation, InstructionId charge, String code) {
        return withdraw(
                correlation,
                charge,
                code,
                () -> gateway.cancel(charge)
                        .thenCompose(result -> record(
                                correlation,
                                Movement.CHARGE,
                                charge,
                                switch (result) {
                                    case PaymentResult.Declined _ -> new PaymentResult.Declined(code);
                                    case PaymentResult.Succeeded _,
                                            PaymentResult.ActionRequired _,
                                            PaymentResult.Pending _,
                                            PaymentResult.Unknown _ -> result;
                                })));
    }

    private CompletionStage<Result> withdraw(
            Correlation correlation, InstructionId charge, String code, Supplier<CompletionStage<Result>> cancel) {
        return gateway.find(Movement.CHARGE, charge).thenCompose(trace -> switch (trace) {
            case SearchResult.Found found when found.result() instanceof PaymentResult.ActionRequired -> cancel.get();
            case SearchResult.Found found -> record(correlation, Movement.CHARGE, charge, found.result());
            case SearchResult.NotFound _ -> decline(correlation, Movement.CHARGE, charge, code);
            case SearchResult.Unreachable _ -> completedFuture(Result.OPEN);
        });
    }

    /**
     * Records the outcome of a transfer that must not be made now, without making it. A transfer with an unknown
     * outcome may still reach the provider: it is queried until the provider can no longer receive it. So is one without
     * an outcome if it can have been sent: a node can have died before it recorded the outcome.
     *
     * @param forbiddenSince since when no node sends the transfer; empty if that is unknown
     * @param record records that the transfer is withheld
     */
    CompletionStage<Result> withhold(
            Correlation correlation,
            InstructionId transfer,
            PendingCall pending,
            Optional<Instant> forbiddenSince,
            Supplier<? extends CompletionStage<?>> record) {
        return switch (pending.status()) {
            case FAILED, STALLED -> record.get().thenApply(_ -> Result.STALLED);
            case REQUESTED, UNKNOWN, ACTION_REQUIRED ->
                gateway.find(Movement.TRANSFER, transfer).thenCompose(trace -> switch (trace) {
                    case SearchResult.Found found -> record(correlation, Movement.TRANSFER, transfer, found.result());
                    case SearchResult.NotFound _
                    when cannotArrive(pending, forbiddenSince) -> record.get().thenApply(_ -> Result.STALLED);
                    case SearchResult.NotFound _, SearchResult.Unreachable _ -> completedFuture(Result.OPEN);
                });
        };
    }

    /** A transfer without an outcome was never sent, or so long ago that the provider would know it. */
    private boolean cannotArrive(PendingCall pending, Optional<Instant> forbiddenSince) {
        if (!canBeSent(pending)) return true;
        return pending.status() == PendingCall.Status.REQUESTED
                && forbiddenSince
                        .filter(it ->
                                pending.since().isAfter(it) || clock.instant().isAfter(it.plus(gateway.arrivalLimit())))
                        .isPresent();
    }

    CompletionStage<Result> cancel(Correlation correlation, InstructionId charge) {
        return gateway.cancel(charge).thenCompose(result -> record(correlation, Movement.CHARGE, charge, result));
    }

    /**
     * Records the outcome of a call whose movement was settled without it, by a late success of an earlier attempt or
     * by a webhook: money that it has moved as well is a discrepancy.
     */
    CompletionStage<Result> settleSuperseded(Correlation correlation, Movement movement, InstructionId id) {
        return gateway.find(movement, id).thenCompose(trace -> switch (trace) {
            case SearchResult.Found found
            when found.result() instanceof PaymentResult.ActionRequired -> cancel(correlation, id);
            case SearchResult.Found found ->
                record(correlation, movement, id, found.result())
                        .thenApply(it -> it == Result.OPEN ? Result.OPEN : Result.SETTLED);
            case SearchResult.NotFound _ -> settled();
            case SearchResult.Unreachable _ -> completedFuture(Result.OPEN);
        });
    }

    private CompletionStage<Result> record(
            Correlation correlation, Movement movement, InstructionId id, PaymentResult result) {
        return recorder.record(correlation, movement, id, result).thenApply(_ -> switch (result) {
            case PaymentResult.Succeeded _ -> Result.SETTLED;
            case PaymentResult.Declined _ ->
                switch (movement) {
                    case CHARGE -> Result.SETTLED;
                    case TRANSFER, REFUND -> refused(id.attempt());
                };
            case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ -> Result.OPEN;
        });
    }

    static Result refused(int attempt) {
        return PendingCall.isLastAutomatic(attempt) ? Result.STALLED : Result.REFUSED;
    }
}
