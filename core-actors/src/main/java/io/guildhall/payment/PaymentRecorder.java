package io.guildhall.payment;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.LogContext;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.DiscrepancyCommand.*;
import io.guildhall.domain.discrepancy.DiscrepancyRejection;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Ids;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the results that the payment provider gives when it is called or asked, in the escrow or discrepancy that they
 * belong to. A success that does not fit is recorded as a discrepancy. Idempotent, and independent of the order. If a
 * stage completes, the result is recorded or was known before. If it fails, the result must be recorded again.
 */
public final class PaymentRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentRecorder.class);
    /** The code of an attempt that moved another amount than asked for. */
    private static final String WRONG_AMOUNT = "wrong-amount";

    private final Entities entities;
    private final DiscrepancyReporter discrepancies;

    public PaymentRecorder(Entities entities, DiscrepancyReporter discrepancies) {
        this.entities = entities;
        this.discrepancies = discrepancies;
    }

    /** @param result as the provider states it, never as a webhook claims */
    public CompletionStage<Void> record(
            Correlation correlation, Movement movement, InstructionId id, PaymentResult result) {
        if (Ids.isWellFormed(Discrepancy.PREFIX, id.subject())) return recordReturn(correlation, movement, id, result);
        return entities.execute(correlation, Escrow.AGGREGATE, id.subject(), command(movement, id.attempt(), result))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Escrow, EscrowRejection> _ -> completedFuture(null);
                    case Outcome.Rejected<Escrow, EscrowRejection>(var reason) ->
                        result instanceof PaymentResult.Succeeded success
                                ? recordUnfitting(correlation, movement, id, success, reason)
                                : logUnfitting(correlation, movement, id, result, reason);
                });
    }

    private static EscrowCommand command(Movement movement, int attempt, PaymentResult result) {
        return switch (movement) {
            case CHARGE ->
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordHeld(attempt, it.reference(), it.amount());
                    case PaymentResult.Declined it -> new RecordDeclined(attempt, it.code());
                    case PaymentResult.ActionRequired it ->
                        new RecordActionRequired(attempt, it.reference(), it.clientSecret());
                    case PaymentResult.Pending _, PaymentResult.Unknown _ -> new RecordChargeUnknown(attempt);
                };
            case TRANSFER ->
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordReleased(attempt, it.reference(), it.amount());
                    case PaymentResult.Declined it -> new RecordReleaseFailed(attempt, it.code());
                    case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ ->
                        new RecordReleaseUnknown(attempt);
                };
            case REFUND ->
                switch (result) {
                    case PaymentResult.Succeeded it -> new RecordRefunded(attempt, it.reference(), it.amount());
                    case PaymentResult.Declined it -> new RecordRefundFailed(attempt, it.code());
                    case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ ->
                        new RecordRefundUnknown(attempt);
                };
        };
    }

    /** Money has moved that the escrow does not account for. A wrong amount also ends its attempt. */
    private CompletionStage<Void> recordUnfitting(
            Correlation correlation,
            Movement movement,
            InstructionId id,
            PaymentResult.Succeeded success,
            EscrowRejection reason) {
        var kind = switch (reason) {
            case SECOND_PAYMENT -> Report.Kind.SECOND_PAYMENT;
            case WRONG_AMOUNT -> Report.Kind.WRONG_AMOUNT;
            case NOT_OPENED,
                    EXISTS_WITH_OTHER_TERMS,
                    NOT_YOURS,
                    OTHER_PARTY_ONLY,
                    OWN_CONTRACT,
                    ALREADY_FUNDING,
                    ALREADY_FUNDED,
                    ALREADY_CANCELLED,
                    NOT_HELD,
                    DOES_NOT_ADD_UP,
                    SETTLED_OTHERWISE,
                    NO_SUCH_ATTEMPT,
                    NOT_STALLED,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED -> Report.Kind.UNKNOWN_PAYMENT;
        };
        return discrepancies
                .report(correlation, kind, movement, id, success)
                .thenCompose(_ -> kind == Report.Kind.WRONG_AMOUNT
                        ? record(correlation, movement, id, new PaymentResult.Declined(WRONG_AMOUNT))
                        : completedFuture(null));
    }

    /** No money has moved, so there is nothing to record. */
    private static CompletionStage<Void> logUnfitting(
            Correlation correlation, Movement movement, InstructionId id, PaymentResult result, Object reason) {
        try (var _ = LogContext.open(correlation)) {
            LOG.warn("Result {} of the {} {} ignored: {}", result, movement, id.key(), reason);
        }
        return completedFuture(null);
    }

    /** Records the result of sending the money of a discrepancy back. */
    private CompletionStage<Void> recordReturn(
            Correlation correlation, Movement movement, InstructionId id, PaymentResult result) {
        if (movement != Movement.REFUND)
            return result instanceof PaymentResult.Succeeded success
                    ? discrepancies.report(correlation, Report.Kind.UNKNOWN_PAYMENT, movement, id, success)
                    : logUnfitting(correlation, movement, id, result, "a discrepancy has refunds only");
        DiscrepancyCommand command = switch (result) {
            case PaymentResult.Succeeded it -> new RecordReturned(id.attempt(), it.reference(), it.amount());
            case PaymentResult.Declined it -> new RecordReturnFailed(id.attempt(), it.code());
            case PaymentResult.ActionRequired _, PaymentResult.Pending _, PaymentResult.Unknown _ ->
                new RecordReturnUnknown(id.attempt());
        };
        return entities.execute(correlation, Discrepancy.AGGREGATE, id.subject(), command)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Discrepancy, DiscrepancyRejection> _ -> completedFuture(null);
                    case Outcome.Rejected<Discrepancy, DiscrepancyRejection>(var reason) ->
                        result instanceof PaymentResult.Succeeded success
                                ? recordUnfittingReturn(correlation, id, success, reason)
                                : logUnfitting(correlation, movement, id, result, reason);
                });
    }

    private CompletionStage<Void> recordUnfittingReturn(
            Correlation correlation, InstructionId id, PaymentResult.Succeeded success, DiscrepancyRejection reason) {
        var kind = switch (reason) {
            case SECOND_PAYMENT -> Report.Kind.SECOND_PAYMENT;
            case WRONG_AMOUNT -> Report.Kind.WRONG_AMOUNT;
            case NOT_REPORTED, NO_SUCH_ATTEMPT, NOT_RETURNABLE, RETURNING -> Report.Kind.UNKNOWN_PAYMENT;
        };
        return discrepancies
                .report(correlation, kind, Movement.REFUND, id, success)
                .thenCompose(_ -> kind == Report.Kind.WRONG_AMOUNT
                        ? recordReturn(correlation, Movement.REFUND, id, new PaymentResult.Declined(WRONG_AMOUNT))
                        : completedFuture(null));
    }
}
