package io.guildhall.projections.process.room;

import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractEvent.MilestoneEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.domain.room.SystemMessage.Kind;
import io.guildhall.kernel.Money;
import java.util.Optional;

/** Maps the events of contracts to the system messages that report them in the contract's room. */
final class ContractReports {
    private ContractReports() {}

    /** Empty if the event is not reported. */
    static Optional<SystemMessage> of(String contractId, ContractEvent event) {
        var deal = event.deal();
        return switch (event) {
            case MilestoneEvent e -> ofMilestone(contractId, e);
            case ContractEvent.Created _ -> Optional.of(ofContract(contractId, deal, Kind.HIRED, Optional.empty()));
            case ContractEvent.Completed _ ->
                Optional.of(ofContract(contractId, deal, Kind.CONTRACT_COMPLETED, Optional.empty()));
            case ContractEvent.Cancelled e ->
                Optional.of(ofContract(contractId, deal, Kind.CONTRACT_CANCELLED, party(deal, e.by())));
            case ContractEvent.StandingEvent _ -> Optional.empty();
        };
    }

    private static Optional<SystemMessage> ofMilestone(String contractId, MilestoneEvent event) {
        var deal = event.deal();
        var client = Optional.of(deal.clientId());
        var freelancer = Optional.of(deal.freelancerId());
        return switch (event) {
            case ContractEvent.MilestoneFunded e -> report(contractId, e, Kind.MILESTONE_FUNDED, e.amount(), client);
            case ContractEvent.WorkSubmitted e -> report(contractId, e, Kind.WORK_SUBMITTED, freelancer);
            case ContractEvent.ChangesRequested e -> report(contractId, e, Kind.CHANGES_REQUESTED, client);
            case ContractEvent.MilestoneAccepted e -> report(contractId, e, Kind.WORK_ACCEPTED, client);
            case ContractEvent.AcceptedBySilence e -> report(contractId, e, Kind.ACCEPTED_BY_SILENCE, Optional.empty());
            case ContractEvent.MilestonePaid e ->
                report(contractId, e, Kind.MILESTONE_PAID, e.amount(), Optional.empty());
            case ContractEvent.RefundRequested e ->
                report(
                        contractId,
                        e,
                        Kind.REFUND_REQUESTED,
                        e.request().amount(),
                        Optional.of(e.request().by()));
            case ContractEvent.RefundDeclined e ->
                report(
                        contractId,
                        e,
                        Kind.REFUND_DECLINED,
                        e.request().amount(),
                        Optional.of(deal.otherParty(e.request().by())));
            case ContractEvent.RefundWithdrawn e ->
                report(
                        contractId,
                        e,
                        Kind.REFUND_WITHDRAWN,
                        Optional.of(e.request().by()));
            case ContractEvent.SettlementDecided e ->
                report(
                        contractId,
                        e,
                        Kind.SETTLEMENT_AGREED,
                        e.decision().settlement().refund(),
                        decider(e));
            case ContractEvent.MilestoneSettled e ->
                report(
                        contractId,
                        e,
                        Kind.MILESTONE_SETTLED,
                        e.decision().settlement().refund(),
                        Optional.empty());
            case ContractEvent.SilenceEvent _,
                    ContractEvent.ReleaseStalled _,
                    ContractEvent.ReleaseHeld _,
                    ContractEvent.ReleaseResumed _ -> Optional.empty();
        };
    }

    /** Empty if silence or an admin decided: no party has acted. */
    private static Optional<String> decider(ContractEvent.SettlementDecided event) {
        return switch (event.decision().method()) {
            case AGREED -> party(event.deal(), event.decision().by());
            case SILENCE, ADMIN -> Optional.empty();
        };
    }

    private static Optional<String> party(Deal deal, String accountId) {
        return Optional.of(accountId).filter(deal::hasParty);
    }

    private static SystemMessage ofContract(String contractId, Deal deal, Kind kind, Optional<String> by) {
        return new SystemMessage(kind, contractId, Optional.empty(), deal.title(), Optional.empty(), by);
    }

    private static Optional<SystemMessage> report(
            String contractId, MilestoneEvent event, Kind kind, Optional<String> by) {
        return Optional.of(
                new SystemMessage(kind, contractId, Optional.of(event.number()), event.title(), Optional.empty(), by));
    }

    private static Optional<SystemMessage> report(
            String contractId, MilestoneEvent event, Kind kind, Money amount, Optional<String> by) {
        return Optional.of(new SystemMessage(
                kind, contractId, Optional.of(event.number()), event.title(), Optional.of(amount), by));
    }
}
