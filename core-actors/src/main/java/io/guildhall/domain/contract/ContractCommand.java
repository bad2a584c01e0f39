package io.guildhall.domain.contract;

import io.guildhall.domain.escrow.Settlement;
import java.util.List;
import java.util.Optional;

/** Commands that a contract accepts. */
public sealed interface ContractCommand {
    /** @param rules pinned from now on; without them, silence never counts as consent */
    record Create(Deal deal, List<Milestone> milestones, Optional<EscrowRules> rules) implements ContractCommand {}

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

    /** A command about a refund, by one of the parties. */
    sealed interface RefundCommand extends MilestoneCommand {
        /** The caller. */
        String by();
    }

    /**
     * Asks for the refund of a funded milestone, as client, or offers it, as freelancer.
     *
     * @param amount in minor units of the contract's currency; empty for everything. The rest is released.
     */
    record RequestRefund(String by, int number, Optional<Long> amount, String reason) implements RefundCommand {}

    /** A command about the open refund request of a milestone. */
    sealed interface RequestCommand extends RefundCommand {
        /** The number of the request, from 1. */
        int request();
    }

    /** @param by the party that did not request it */
    record AcceptRefund(String by, int number, int request) implements RequestCommand {}

    /** @param by the party that did not request it */
    record DeclineRefund(String by, int number, int request, String reason) implements RequestCommand {}

    /** @param by the party that requested it */
    record WithdrawRefund(String by, int number, int request) implements RequestCommand {}

    /**
     * An admin's decision on the held money of a milestone.
     *
     * @param by an admin who is no party of the contract
     * @param refund in minor units
     * @param release in minor units, including the platform's fee
     */
    record Split(String by, int number, long refund, long release, String reason) implements MilestoneCommand {}

    /** A command about a silence period, when its next step is due. */
    sealed interface SilenceCommand extends MilestoneCommand {
        /** The number of the period, from 1. */
        int period();
    }

    /** @param days how long before the end of the period */
    record IssueWarning(int number, int period, int days) implements SilenceCommand {}

    /** Both parties were told of a warning. */
    record RecordWarningTold(int number, int period, int days) implements SilenceCommand {}

    /** Counts the silence as consent. */
    record EndSilence(int number, int period) implements SilenceCommand {}

    /** A command about the waiting release of an accepted milestone. */
    sealed interface ReleaseCommand extends MilestoneCommand {}

    /** The provider refuses to pay the freelancer, so an admin can divide the money. */
    record MarkReleaseStalled(int number) implements ReleaseCommand {}

    /** The freelancer is suspended, so the release waits for an admin's decision, or for the end of the suspension. */
    record HoldRelease(int number) implements ReleaseCommand {}

    /** Rejected while the freelancer is suspended. */
    record ResumeRelease(int number) implements ReleaseCommand {}

    /** The escrow of the milestone holds the money. */
    record MarkFunded(int number) implements MilestoneCommand {}

    /** The escrow of the milestone has released the money. */
    record MarkPaid(int number) implements MilestoneCommand {}

    /** The escrow of the milestone has refunded or split the money. */
    record MarkSettled(int number) implements MilestoneCommand {}

    /** An admin has redirected a part of a split that the payment provider refused. */
    record RecordRedirect(int number, Settlement settlement, String by, String reason) implements MilestoneCommand {}

    /** A party of the contract was suspended, or is no longer suspended. Changes nothing if it is known. */
    record NoteStanding(String accountId, boolean isSuspended) implements ContractCommand {}

    /** Cancels the contract. Both parties can do that while no milestone is funded and not settled. */
    record Cancel(String by, String reason) implements ContractCommand {}
}
