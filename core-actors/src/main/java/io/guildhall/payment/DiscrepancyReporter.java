package io.guildhall.payment;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand.RecordReport;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records discrepancies. Reporting the same one again records nothing. */
public final class DiscrepancyReporter {
    private final Entities entities;

    public DiscrepancyReporter(Entities entities) {
        this.entities = entities;
    }

    /** The id of the discrepancy that a booking is, if it does not fit. */
    static String id(Booking booking) {
        return Discrepancy.id(new Report(
                booking.isReversal() ? Report.Kind.REVERSED : Report.Kind.UNKNOWN_PAYMENT,
                movement(booking.movement()),
                booking.id().subject(),
                booking.id().attempt(),
                booking.reference(),
                booking.amount(),
                Optional.empty(),
                Optional.empty()));
    }

    /** Records a payment that does not fit. */
    CompletionStage<Void> report(
            Correlation correlation,
            Report.Kind kind,
            Movement movement,
            InstructionId id,
            PaymentResult.Succeeded success) {
        return findEscrow(id.subject())
                .thenCompose(escrow -> record(
                        correlation,
                        new Report(
                                kind,
                                movement(movement),
                                id.subject(),
                                id.attempt(),
                                success.reference(),
                                success.amount(),
                                escrow.flatMap(it -> expectedAmount(movement, it)),
                                escrow.flatMap(Escrow::findDeal))));
    }

    /**
     * Records a signed webhook that states what the provider denies.
     *
     * @param stated what the provider states, if it knows the payment and it has succeeded
     */
    CompletionStage<Void> reportFalseWebhook(
            Correlation correlation,
            Movement movement,
            InstructionId id,
            PaymentResult.Succeeded claim,
            Optional<Money> stated) {
        return findEscrow(id.subject())
                .thenCompose(escrow -> record(
                        correlation,
                        new Report(
                                Report.Kind.FALSE_REPORT,
                                movement(movement),
                                id.subject(),
                                id.attempt(),
                                claim.reference(),
                                claim.amount(),
                                stated,
                                escrow.flatMap(Escrow::findDeal))));
    }

    /**
     * Records what the auditor has found about a movement that is recorded.
     *
     * @param kind MISSING_PAYMENT or OTHER_AMOUNT
     * @param amount that the provider states; of a missing payment, the recorded one
     * @param recorded the recorded amount; empty for a missing payment
     */
    public CompletionStage<Void> reportMovement(
            Report.Kind kind,
            Report.Movement movement,
            String subject,
            String reference,
            Money amount,
            Optional<Money> recorded) {
        return findEscrow(subject)
                .thenCompose(escrow -> record(
                        Correlation.NONE,
                        new Report(
                                kind,
                                movement,
                                subject,
                                0,
                                reference,
                                amount,
                                recorded,
                                escrow.flatMap(Escrow::findDeal))));
    }

    /**
     * Records that the records of an escrow or a discrepancy do not add up.
     *
     * @param what is too high or too low, and by how much
     * @param difference the largest difference
     */
    public CompletionStage<Void> reportImbalance(String subject, String what, Money difference) {
        return reportMovement(
                Report.Kind.OUT_OF_BALANCE, Report.Movement.NONE, subject, what, difference, Optional.empty());
    }

    private CompletionStage<Void> record(Correlation correlation, Report report) {
        return entities.execute(correlation, Discrepancy.AGGREGATE, Discrepancy.id(report), new RecordReport(report))
                .thenApply(_ -> null);
    }

    private CompletionStage<Optional<Escrow>> findEscrow(String subject) {
        return Ids.isWellFormed(Escrow.PREFIX, subject)
                ? entities.state(Escrow.AGGREGATE, subject).thenApply(Optional::of)
                : completedFuture(Optional.empty());
    }

    /** The deal and the settlement of an escrow never change, so a repeated report is the same. */
    private static Optional<Money> expectedAmount(Movement movement, Escrow escrow) {
        return switch (movement) {
            case CHARGE -> escrow.findDeal().map(EscrowDeal::amount);
            case REFUND -> escrow.refundAmount();
            case TRANSFER -> escrow.transferAmount();
        };
    }

    private static Report.Movement movement(Movement movement) {
        return switch (movement) {
            case CHARGE -> Report.Movement.CHARGE;
            case TRANSFER -> Report.Movement.TRANSFER;
            case REFUND -> Report.Movement.REFUND;
        };
    }
}
