package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Milestone.Status.*;

import io.guildhall.domain.contract.Contract.Details;
import io.guildhall.domain.contract.ContractEvent.*;

/** Applies the events of milestones to the details of their contract. */
final class MilestoneEvolution {
    private MilestoneEvolution() {}

    static Details evolve(Details details, ContractEvent event) {
        return switch (event) {
            case MilestoneFunded e -> details.with(find(details, e).with(FUNDED));
            case WorkSubmitted e ->
                details.with(find(details, e).with(SUBMITTED, e.note()))
                        .with(e.number(), money(details, e).withoutAcceptancePeriod());
            case ChangesRequested e ->
                details.with(find(details, e).with(CHANGES_REQUESTED, e.note()))
                        .with(e.number(), money(details, e).withoutAcceptancePeriod());
            case MilestoneAccepted e -> accepted(details, e);
            case AcceptedBySilence e -> accepted(details, e);
            case MilestonePaid e ->
                details.with(find(details, e).with(PAID))
                        .with(e.number(), money(details, e).released());
            case RefundRequested e ->
                details.with(
                        e.number(),
                        money(details, e)
                                .withRequest(
                                        e.request(), e.request().isBy(e.deal().clientId())));
            case RefundDeclined e -> details.with(e.number(), money(details, e).withoutRequest());
            case RefundWithdrawn e -> details.with(e.number(), money(details, e).withoutRequest());
            case SettlementDecided e ->
                details.with(find(details, e).with(SETTLING))
                        .with(e.number(), money(details, e).withSettlement(e.decision()));
            case MilestoneSettled e ->
                details.with(find(details, e).with(e.decision().settlement().refundsAll() ? REFUNDED : SPLIT));
            case SilenceStarted e -> details.with(e.number(), money(details, e).withSilence(e.period()));
            case WarningIssued e -> details.with(e.number(), money(details, e).withIssued(e.days()));
            case WarningTold e -> details.with(e.number(), money(details, e).withSilence(e.period()));
            case ReleaseStalled e -> details.with(e.number(), money(details, e).withReleaseStalled());
            case ReleaseHeld e -> details.with(e.number(), money(details, e).withReleaseHeld(true));
            case ReleaseResumed e -> details.with(e.number(), money(details, e).withReleaseHeld(false));
            case Created _, StandingEvent _, Completed _, Cancelled _ -> details;
        };
    }

    private static Details accepted(Details details, MilestoneEvent event) {
        return details.with(find(details, event).with(ACCEPTED))
                .with(event.number(), money(details, event).withoutAcceptancePeriod());
    }

    private static Milestone find(Details details, MilestoneEvent event) {
        return details.milestones().get(event.number() - 1);
    }

    private static HeldMoney money(Details details, MilestoneEvent event) {
        return details.held(event.number());
    }
}
