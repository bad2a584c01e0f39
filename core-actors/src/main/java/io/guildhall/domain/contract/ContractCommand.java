package io.guildhall.domain.contract;

import java.util.List;

/** Commands that a contract accepts. */
public sealed interface ContractCommand {
    record Create(Deal deal, List<Milestone> milestones) implements ContractCommand {}

    /** A command about one milestone. The number counts from 1. */
    sealed interface MilestoneCommand extends ContractCommand {
        int number();
    }

    /** @param by the caller, who must be the freelancer */
    record Submit(String by, int number, String note) implements MilestoneCommand {}

    /** A command that only the client is allowed to send. */
    sealed interface ClientCommand extends MilestoneCommand {
        /** The caller. */
        String by();
    }

    record RequestChanges(String by, int number, String note) implements ClientCommand {}

    record Accept(String by, int number) implements ClientCommand {}

    /** The escrow of the milestone holds the money. */
    record MarkFunded(int number) implements MilestoneCommand {}

    /** The escrow of the milestone has released the money. */
    record MarkPaid(int number) implements MilestoneCommand {}

    /** Cancels the contract. Both parties can do that until a milestone is funded. */
    record Cancel(String by, String reason) implements ContractCommand {}
}
