package io.guildhall.domain.contract;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events of a contract, stored permanently: add new ones, never change existing ones. */
public sealed interface ContractEvent extends Journalled {
    Deal deal();

    Instant at();

    /** The status of a milestone changes. */
    sealed interface MilestoneEvent extends ContractEvent {
        /** The milestone's number, from 1. */
        int number();

        /** The milestone's title. */
        String title();
    }

    @JournalName("contract.drawn")
    record Created(Deal deal, List<Milestone> milestones, Optional<EscrowRules> rules, Instant at)
            implements ContractEvent {}

    @JournalName("contract.milestone-funded")
    record MilestoneFunded(Deal deal, int number, @Personal String title, Money amount, Instant at)
            implements MilestoneEvent {}

    @JournalName("contract.work-submitted")
    record WorkSubmitted(
            Deal deal,
            int number,
            @Personal String title,
            @Personal(of = "deal.freelancerId") String note,
            Instant at) implements MilestoneEvent {}

    @JournalName("contract.changes-requested")
    record ChangesRequested(
            Deal deal,
            int number,
            @Personal String title,
            @Personal(of = "deal.clientId") String note,
            Instant at) implements MilestoneEvent {}

    @JournalName("contract.milestone-accepted")
    record MilestoneAccepted(
            Deal deal, int number, @Personal String title, Money amount, Instant at) implements MilestoneEvent {}

    @JournalName("contract.milestone-paid")
    record MilestonePaid(Deal deal, int number, @Personal String title, Money amount, Instant at)
            implements MilestoneEvent {}

    /** The client did not react to the submitted work in time. */
    @JournalName("contract.accepted-by-silence")
    record AcceptedBySilence(
            Deal deal, int number, @Personal String title, Money amount, Instant at) implements MilestoneEvent {}

    @JournalName("contract.refund-requested")
    record RefundRequested(Deal deal, int number, @Personal String title, RefundRequest request, Instant at)
            implements MilestoneEvent {}

    @JournalName("contract.refund-declined")
    record RefundDeclined(
            Deal deal,
            int number,
            @Personal String title,
            RefundRequest request,
            @Personal String why,
            Instant at) implements MilestoneEvent {}

    @JournalName("contract.refund-withdrawn")
    record RefundWithdrawn(Deal deal, int number, @Personal String title, RefundRequest request, Instant at)
            implements MilestoneEvent {}

    /** The decision to refund, split or release the held money. The escrow moves it next. */
    @JournalName("contract.settlement-decided")
    record SettlementDecided(
            Deal deal, int number, @Personal String title, SettlementDecision decision, Instant at)
            implements MilestoneEvent {}

    /** The escrow has refunded the money, or divided it. */
    @JournalName("contract.milestone-settled")
    record MilestoneSettled(Deal deal, int number, @Personal String title, SettlementDecision decision, Instant at)
            implements MilestoneEvent {}

    /** A silence period of a milestone and its warnings. */
    sealed interface SilenceEvent extends MilestoneEvent {}

    @JournalName("contract.silence-started")
    record SilenceStarted(Deal deal, int number, @Personal String title, SilencePeriod period, Instant at)
            implements SilenceEvent {}

    /**
     * Both parties are to be told of a warning.
     *
     * @param period before the warning was told
     * @param days how long before the end of the period
     */
    @JournalName("contract.silence-warning-issued")
    record WarningIssued(Deal deal, int number, @Personal String title, SilencePeriod period, int days, Instant at)
            implements SilenceEvent {}

    /**
     * Both parties were told of a warning.
     *
     * @param period with this warning
     * @param days how long before the end of the period
     */
    @JournalName("contract.silence-warning-told")
    record WarningTold(Deal deal, int number, @Personal String title, SilencePeriod period, int days, Instant at)
            implements SilenceEvent {}

    /** The provider has refused every attempt to pay the freelancer for accepted work. */
    @JournalName("contract.release-stalled")
    record ReleaseStalled(Deal deal, int number, @Personal String title, Money amount, Instant at)
            implements MilestoneEvent {}

    /** The release of accepted work waits, because the freelancer is suspended. */
    @JournalName("contract.release-held")
    record ReleaseHeld(Deal deal, int number, @Personal String title, Money amount, Instant at)
            implements MilestoneEvent {}

    /** The suspension was lifted before an admin has decided. */
    @JournalName("contract.release-resumed")
    record ReleaseResumed(Deal deal, int number, @Personal String title, Money amount, Instant at)
            implements MilestoneEvent {}

    /** The account of a party is suspended, or no longer is. */
    sealed interface StandingEvent extends ContractEvent {
        String accountId();
    }

    /** @param milestones the number of milestones, each of which has an escrow */
    @JournalName("contract.party-suspended")
    record PartySuspended(Deal deal, String accountId, int milestones, Instant at) implements StandingEvent {}

    @JournalName("contract.party-reinstated")
    record PartyReinstated(Deal deal, String accountId, Instant at) implements StandingEvent {}

    @JournalName("contract.completed")
    record Completed(Deal deal, Instant at) implements ContractEvent {}

    /**
     * @param by the party that cancelled it, or that requested the refund of the last milestone, or an admin
     * @param milestones the number of milestones, each of which has an escrow to cancel
     */
    @JournalName("contract.cancelled")
    record Cancelled(
            Deal deal, String by, @Personal(of = "by") String why, int milestones, Instant at)
            implements ContractEvent {}
}
