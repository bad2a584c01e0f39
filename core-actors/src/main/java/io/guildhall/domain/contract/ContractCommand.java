package io.guildhall.domain.contract;

import java.util.List;

/** Everything one may ask of a contract. */
public sealed interface ContractCommand {
    record Draw(Deal deal, List<Milestone> milestones) implements ContractCommand {}

    /** Something about one milestone, numbered from 1. */
    sealed interface OfMilestone extends ContractCommand {
        int number();
    }

    /** What only the freelancer may ask says who asks. */
    record Submit(String by, int number, String note) implements OfMilestone {}

    /** What only the client may ask says who asks. */
    sealed interface OfClient extends OfMilestone {
        String by();
    }

    record RequestChanges(String by, int number, String note) implements OfClient {}

    record Accept(String by, int number) implements OfClient {}

    /** The escrow holds the money. */
    record MarkFunded(int number) implements OfMilestone {}

    /** The escrow has released the money. */
    record MarkPaid(int number) implements OfMilestone {}

    /** By either party; free before anything is funded. */
    record Cancel(String by, String why) implements ContractCommand {}
}
