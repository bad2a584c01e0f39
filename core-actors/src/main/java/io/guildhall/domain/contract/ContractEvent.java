package io.guildhall.domain.contract;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;

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
    record Created(Deal deal, List<Milestone> milestones, Instant at) implements ContractEvent {}

    @JournalName("contract.milestone-funded")
    record MilestoneFunded(Deal deal, int number, String title, Money amount, Instant at) implements MilestoneEvent {}

    @JournalName("contract.work-submitted")
    record WorkSubmitted(Deal deal, int number, String title, String note, Instant at) implements MilestoneEvent {}

    @JournalName("contract.changes-requested")
    record ChangesRequested(Deal deal, int number, String title, String note, Instant at) implements MilestoneEvent {}

    @JournalName("contract.milestone-accepted")
    record MilestoneAccepted(Deal deal, int number, String title, Money amount, Instant at) implements MilestoneEvent {}

    @JournalName("contract.milestone-paid")
    record MilestonePaid(Deal deal, int number, String title, Money amount, Instant at) implements MilestoneEvent {}

    @JournalName("contract.completed")
    record Completed(Deal deal, Instant at) implements ContractEvent {}

    /** @param milestones the number of milestones, each of which has an escrow to cancel */
    @JournalName("contract.cancelled")
    record Cancelled(Deal deal, String by, String why, int milestones, Instant at) implements ContractEvent {}
}
