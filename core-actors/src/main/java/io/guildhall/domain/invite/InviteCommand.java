package io.guildhall.domain.invite;

/** Commands that an invite accepts. */
public sealed interface InviteCommand {
    /** @param days from now until the invite expires */
    record Send(String by, String freelancerId, Source source, Offer offer, int days) implements InviteCommand {}

    /** The client withdraws the invite. */
    record Withdraw(String by) implements InviteCommand {}

    /** A command that only the invite's freelancer is allowed to send. */
    sealed interface FreelancerCommand extends InviteCommand {
        /** The caller. */
        String by();
    }

    /**
     * @param contractId identifies the hire
     * @param feeBasisPoints the fee of the contract, which is pinned now
     * @param canBePaid whether the freelancer's payout account is verified now
     */
    record Accept(String by, String contractId, int feeBasisPoints, boolean canBePaid) implements FreelancerCommand {}

    record Decline(String by, String reason) implements FreelancerCommand {}

    /** @param number which sending expires soon, from 1 */
    record Remind(int number) implements InviteCommand {}

    /** @param number which sending has expired, or refers to a job that is no longer open; from 1 */
    record Expire(int number) implements InviteCommand {}

    /** The hire failed. */
    record Refuse(String contractId, AcceptanceFailure reason) implements InviteCommand {}
}
