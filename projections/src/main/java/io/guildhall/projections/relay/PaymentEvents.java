package io.guildhall.projections.relay;

import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.projections.Recorded;
import java.util.Optional;

/** Selects the published events of escrows and discrepancies. */
final class PaymentEvents {
    private PaymentEvents() {}

    static Optional<PublishedEvent> ofEscrow(Recorded<EscrowEvent> recorded) {
        var id = recorded.entityId();
        var deal = recorded.event().deal();
        var contract = deal.contractId();
        int milestone = deal.milestone();
        var client = deal.clientId();
        var freelancer = deal.freelancerId();
        return switch (recorded.event()) {
            case EscrowEvent.Opened _ ->
                Optional.of(
                        new PublishedPayment.EscrowOpened(id, contract, milestone, client, freelancer, deal.amount()));
            case EscrowEvent.Cancelled _ ->
                Optional.of(new PublishedPayment.EscrowCancelled(
                        id, contract, milestone, client, freelancer, deal.amount()));
            // The client has dropped it.
            case EscrowEvent.FundingDeclined e when e.code().equals(Escrow.DROPPED) -> Optional.empty();
            case EscrowEvent.FundingDeclined _ ->
                Optional.of(new PublishedPayment.Declined(id, contract, milestone, client, freelancer, deal.amount()));
            case EscrowEvent.MoneyHeld _ ->
                Optional.of(new PublishedPayment.Held(id, contract, milestone, client, freelancer, deal.amount()));
            case EscrowEvent.MoneyReleased e ->
                Optional.of(
                        new PublishedPayment.Released(id, contract, milestone, client, freelancer, e.fee(), e.net()));
            case EscrowEvent.MoneyRefunded e ->
                Optional.of(new PublishedPayment.Refunded(id, contract, milestone, client, freelancer, e.amount()));
            case EscrowEvent.ReleaseSettledOutside e ->
                Optional.of(
                        new PublishedPayment.ReleasedOutside(id, contract, milestone, client, freelancer, e.amount()));
            case EscrowEvent.RefundSettledOutside e ->
                Optional.of(
                        new PublishedPayment.RefundedOutside(id, contract, milestone, client, freelancer, e.amount()));
            // Calls to the payment provider and decisions, which have not moved money yet.
            case EscrowEvent.FundingStarted _,
                    EscrowEvent.ActionRequired _,
                    EscrowEvent.FundingDropped _,
                    EscrowEvent.FundingUnknown _,
                    EscrowEvent.ReleaseStarted _,
                    EscrowEvent.ReleaseUnknown _,
                    EscrowEvent.ReleaseFailed _,
                    EscrowEvent.ReleaseStalled _,
                    EscrowEvent.ReleaseRetried _,
                    EscrowEvent.ReleaseAbandoned _,
                    EscrowEvent.SettlementPostponed _,
                    EscrowEvent.SplitStarted _,
                    EscrowEvent.SplitRedirected _,
                    EscrowEvent.SplitCompleted _,
                    EscrowEvent.RefundStarted _,
                    EscrowEvent.RefundUnknown _,
                    EscrowEvent.RefundFailed _,
                    EscrowEvent.RefundStalled _ -> Optional.empty();
        };
    }

    /** For operators only. */
    static Optional<PublishedEvent> ofDiscrepancy(Recorded<DiscrepancyEvent> recorded) {
        return switch (recorded.event()) {
            case DiscrepancyEvent.Reported _,
                    DiscrepancyEvent.ReturnStarted _,
                    DiscrepancyEvent.ReturnUnknown _,
                    DiscrepancyEvent.ReturnFailed _,
                    DiscrepancyEvent.ReturnStalled _,
                    DiscrepancyEvent.Returned _,
                    DiscrepancyEvent.Closed _ -> Optional.empty();
        };
    }
}
