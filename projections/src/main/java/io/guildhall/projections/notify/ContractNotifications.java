package io.guildhall.projections.notify;

import static io.guildhall.projections.notify.NotificationKind.*;
import static io.guildhall.projections.readmodel.notification.Link.Kind.*;

import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractEvent.MilestoneEvent;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.projections.Recorded;
import java.util.List;

/** Maps the events of contracts to notifications. */
public final class ContractNotifications {
    private ContractNotifications() {}

    static List<Notification> of(Recorded<ContractEvent> recorded) {
        var deal = recorded.event().deal();
        var about = NotificationSubject.of(
                recorded, recorded.event().at(), deal.title(), CONTRACT.link(recorded.entityId()));
        return switch (recorded.event()) {
            case MilestoneEvent e -> ofMilestone(recorded, e);
            case ContractEvent.Cancelled e
            when deal.hasParty(e.by()) -> List.of(about.to(deal.otherParty(e.by()), CONTRACT_CANCELLED, e.why()));
            case ContractEvent.Cancelled e -> about.toBoth(deal, CONTRACT_CANCELLED, e.why());
            case ContractEvent.Created _
            when deal.inviteId().isPresent() -> List.of(about.to(deal.clientId(), INVITE_ACCEPTED));
            case ContractEvent.PartySuspended e ->
                List.of(about.to(
                        deal.otherParty(e.accountId()),
                        COUNTERPART_SUSPENDED,
                        Reasons.ofSuspension(e.accountId().equals(deal.freelancerId()))));
            case ContractEvent.PartyReinstated e ->
                List.of(about.to(deal.otherParty(e.accountId()), COUNTERPART_REINSTATED));
            // The events of the proposal notify of a hire by proposal, and the events of the reviews notify of the
            // completion.
            case ContractEvent.Created _, ContractEvent.Completed _ -> List.of();
        };
    }

    private static List<Notification> ofMilestone(Recorded<ContractEvent> recorded, MilestoneEvent event) {
        var deal = event.deal();
        var about = NotificationSubject.of(
                recorded,
                event.at(),
                event.title(),
                CONTRACT.link(recorded.entityId()),
                MILESTONE.link(Integer.toString(event.number())));
        return switch (event) {
            case ContractEvent.MilestoneFunded e ->
                List.of(
                        about.to(deal.clientId(), ESCROW_FUNDED, Amounts.held(e.amount())),
                        about.to(deal.freelancerId(), ESCROW_FUNDED, Amounts.toBeEarned(e.amount(), deal)));
            case ContractEvent.WorkSubmitted e -> List.of(about.to(deal.clientId(), WORK_SUBMITTED, e.note()));
            case ContractEvent.ChangesRequested e ->
                List.of(about.to(deal.freelancerId(), CHANGES_REQUESTED, e.note()));
            case ContractEvent.AcceptedBySilence _ -> about.toBoth(deal, WORK_ACCEPTED_BY_SILENCE, "");
            case ContractEvent.RefundRequested e ->
                e.request().by().equals(deal.clientId())
                        ? List.of(about.to(deal.freelancerId(), REFUND_REQUESTED, Reasons.of(e.request())))
                        : List.of(about.to(deal.clientId(), REFUND_OFFERED, Reasons.of(e.request())));
            case ContractEvent.RefundDeclined e -> List.of(about.to(e.request().by(), REFUND_DECLINED, e.why()));
            case ContractEvent.RefundWithdrawn e ->
                List.of(about.to(deal.otherParty(e.request().by()), REFUND_WITHDRAWN));
            case ContractEvent.SettlementDecided e ->
                about.toBoth(deal, kind(e.decision().method()), Reasons.of(e.decision()));
            case ContractEvent.MilestoneSettled e ->
                e.decision().settlement().refundsAll()
                        ? List.of()
                        : List.of(about.to(
                                deal.freelancerId(),
                                PART_PAID,
                                Amounts.paid(e.decision().settlement().release(), deal)));
            case ContractEvent.WarningIssued e ->
                about.toBoth(deal, kind(e.period().kind()), Reasons.ofSilence(e.days())).stream()
                        .map(it -> it.mailedAs(SeparateMails.ofWarning(
                                recorded.entityId(), e.number(), e.period().number(), e.days(), it.recipientId())))
                        .toList();
            case ContractEvent.SilenceStarted _, ContractEvent.WarningTold _ -> List.of();
            case ContractEvent.MilestonePaid e ->
                List.of(about.to(deal.freelancerId(), MILESTONE_PAID, Amounts.paid(e.amount(), deal)));
            case ContractEvent.ReleaseHeld _ -> about.toBoth(deal, RELEASE_HELD, "");
            // The freelancer is notified when the milestone is paid.
            case ContractEvent.MilestoneAccepted _, ContractEvent.ReleaseStalled _, ContractEvent.ReleaseResumed _ ->
                List.of();
        };
    }

    private static NotificationKind kind(SettlementDecision.Method method) {
        return switch (method) {
            case AGREED -> REFUND_AGREED;
            case SILENCE -> REFUND_AGREED_BY_SILENCE;
            case ADMIN -> MONEY_DECIDED;
        };
    }

    /** The warning before silence counts as consent. */
    public static NotificationKind kind(SilencePeriod.Kind kind) {
        return switch (kind) {
            case ACCEPTANCE -> ACCEPTANCE_SILENCE_WARNING;
            case REFUND -> REFUND_SILENCE_WARNING;
        };
    }
}
