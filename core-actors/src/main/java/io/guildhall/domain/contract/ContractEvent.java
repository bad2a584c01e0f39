package io.guildhall.domain.contract;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;

/** Everything that can have happened to a contract. Journalled for ever: change only by adding. */
public sealed interface ContractEvent extends Journalled {
    Deal deal();

    Instant at();

    /** A milestone moves on. */
    sealed interface MilestoneEvent extends ContractEvent {
        /** The milestone's number, from 1. */
        int number();

        /** The milestone's title. */
        String title();
    }

    @JournalName("contract.drawn")
    record Drawn(Deal deal, List<Milestone> milestones, Instant at) implements ContractEvent {}

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

    /** @param milestones how many escrows are to be voided */
    @JournalName("contract.cancelled")
    record Cancelled(Deal deal, String by, String why, int milestones, Instant at) implements ContractEvent {}
}
