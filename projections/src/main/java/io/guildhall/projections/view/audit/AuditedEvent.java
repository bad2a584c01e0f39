package io.guildhall.projections.view.audit;

import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/**
 * What an event means for the money. Computed from the event alone, independently of the ledger.
 *
 * @param change of the amounts
 * @param movement the movement of money that the event has recorded
 * @param imbalances what is wrong with the event itself
 * @param releaseFollows whether the next event of the same decision releases money that is held until then
 */
record AuditedEvent(Amounts change, Optional<Movement> movement, List<Imbalance> imbalances, boolean releaseFollows) {
    private AuditedEvent(Amounts change, Optional<Movement> movement, List<Imbalance> imbalances) {
        this(change, movement, imbalances, false);
    }

    /**
     * @param isReversal whether the money of an earlier movement was returned
     * @param subject the id that the provider stores with the payment
     */
    record Movement(Report.Movement movement, boolean isReversal, String reference, String subject, Money amount) {}

    private static AuditedEvent of(Amounts change) {
        return new AuditedEvent(change, Optional.empty(), List.of());
    }

    private static AuditedEvent of(
            Amounts change, Report.Movement movement, String reference, String subject, Money amount) {
        return new AuditedEvent(
                change, Optional.of(new Movement(movement, false, reference, subject, amount)), List.of());
    }

    /** Empty if the event concerns no money. */
    static Optional<AuditedEvent> of(String escrowId, EscrowEvent event) {
        var deal = event.deal();
        return switch (event) {
            case EscrowEvent.MoneyHeld e ->
                Optional.of(of(
                        Amounts.ofCharge(deal.amount()),
                        Report.Movement.CHARGE,
                        e.paymentId(),
                        escrowId,
                        deal.amount()));
            case EscrowEvent.ReleaseStarted e ->
                Optional.of(
                        new AuditedEvent(Amounts.ofReleaseStart(e.fee(), e.net()), Optional.empty(), imbalances(e)));
            case EscrowEvent.MoneyReleased e ->
                Optional.of(of(Amounts.ofPayout(e.net()), Report.Movement.TRANSFER, e.transferId(), escrowId, e.net()));
            case EscrowEvent.MoneyRefunded e ->
                Optional.of(
                        of(ofRefund(e.part(), e.amount()), Report.Movement.REFUND, e.refundId(), escrowId, e.amount()));
            case EscrowEvent.ReleaseAbandoned e -> Optional.of(of(Amounts.ofAbandonedRelease(e.fee(), e.net())));
            case EscrowEvent.ReleaseSettledOutside e ->
                Optional.of(of(Amounts.ofPayout(e.amount()).outside()));
            case EscrowEvent.RefundSettledOutside e ->
                Optional.of(of(ofRefund(e.part(), e.amount()).outside()));
            case EscrowEvent.SplitStarted e ->
                Optional.of(of(Amounts.ofSplitStart(e.settlement().refund())));
            case EscrowEvent.SplitRedirected e ->
                Optional.of(
                        e.settlement().refundsAll()
                                ? of(Amounts.ofSplitStart(e.amount()))
                                : new AuditedEvent(
                                        Amounts.ofAbandonedRefund(e.amount()), Optional.empty(), List.of(), true));
            case EscrowEvent.CallEvent _, EscrowEvent.SplitEvent _, EscrowEvent.Opened _, EscrowEvent.Cancelled _ ->
                Optional.empty();
        };
    }

    private static Amounts ofRefund(Optional<Money> part, Money amount) {
        return part.isPresent() ? Amounts.ofRefundInSplit(amount) : Amounts.ofRefund(amount);
    }

    /** The fee is what the contract's basis points give. */
    private static List<Imbalance> imbalances(EscrowEvent.ReleaseStarted event) {
        var right = event.fee().plus(event.net()).share(event.deal().feeBasisPoints());
        long difference = event.fee().amount() - right.amount();
        return difference == 0 ? List.of() : List.of(new Imbalance("fee", difference));
    }

    /** Empty if the event concerns no money. */
    static Optional<AuditedEvent> of(String discrepancyId, DiscrepancyEvent event) {
        var report = event.report();
        if (!report.hasMovedMoney()) return Optional.empty();
        long amount =
                report.hasComeIn() ? report.amount().amount() : -report.amount().amount();
        return switch (event) {
            case DiscrepancyEvent.Reported _ ->
                Optional.of(new AuditedEvent(
                        Amounts.ofSurplus(amount),
                        Optional.of(new Movement(
                                report.movement(),
                                report.kind() == Report.Kind.REVERSED,
                                report.reference(),
                                report.subject(),
                                report.amount())),
                        List.of()));
            case DiscrepancyEvent.Returned e ->
                Optional.of(of(
                        Amounts.ofSurplus(-amount),
                        Report.Movement.REFUND,
                        e.refundId(),
                        discrepancyId,
                        report.amount()));
            case DiscrepancyEvent.Closed _ -> Optional.of(of(Amounts.ofWriteOff(amount)));
            case DiscrepancyEvent.ReturnStep _ -> Optional.empty();
        };
    }
}
