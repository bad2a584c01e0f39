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

    /** Records a payment that does not fit. */
    CompletionStage<Void> report(
            Correlation correlation,
            Report.Kind kind,
            Movement movement,
            InstructionId id,
            PaymentResult.Succeeded success) {
        return findEscrow(id)
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
        return findEscrow(id)
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

    private CompletionStage<Void> record(Correlation correlation, Report report) {
        return entities.execute(correlation, Discrepancy.AGGREGATE, Discrepancy.id(report), new RecordReport(report))
                .thenApply(_ -> null);
    }

    private CompletionStage<Optional<Escrow>> findEscrow(InstructionId id) {
        return Ids.isWellFormed(Escrow.PREFIX, id.subject())
                ? entities.state(Escrow.AGGREGATE, id.subject()).thenApply(Optional::of)
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
