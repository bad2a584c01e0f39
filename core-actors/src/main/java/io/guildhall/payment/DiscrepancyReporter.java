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
        return findDeal(id)
                .thenCompose(deal -> record(
                        correlation,
                        new Report(
                                kind,
                                movement(movement),
                                id.subject(),
                                id.attempt(),
                                success.reference(),
                                success.amount(),
                                deal.map(it -> expectedAmount(movement, it)),
                                deal)));
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
        return findDeal(id)
                .thenCompose(deal -> record(
                        correlation,
                        new Report(
                                Report.Kind.FALSE_REPORT,
                                movement(movement),
                                id.subject(),
                                id.attempt(),
                                claim.reference(),
                                claim.amount(),
                                stated,
                                deal)));
    }

    private CompletionStage<Void> record(Correlation correlation, Report report) {
        return entities.execute(correlation, Discrepancy.AGGREGATE, Discrepancy.id(report), new RecordReport(report))
                .thenApply(_ -> null);
    }

    /** The deal of an escrow never changes, so a repeated report is the same. */
    private CompletionStage<Optional<EscrowDeal>> findDeal(InstructionId id) {
        return Ids.isWellFormed(Escrow.PREFIX, id.subject())
                ? entities.state(Escrow.AGGREGATE, id.subject()).thenApply(Escrow::findDeal)
                : completedFuture(Optional.empty());
    }

    private static Money expectedAmount(Movement movement, EscrowDeal deal) {
        return switch (movement) {
            case CHARGE, REFUND -> deal.amount();
            case TRANSFER -> deal.net();
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
