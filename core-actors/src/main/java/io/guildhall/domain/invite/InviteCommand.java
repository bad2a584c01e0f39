package io.guildhall.domain.invite;

/** Everything one may ask of an invite. */
public sealed interface InviteCommand {
    /** @param days until it expires */
    record Send(String by, String freelancerId, Source source, Offer offer, int days) implements InviteCommand {}

    /** Its client takes it back. */
    record Withdraw(String by) implements InviteCommand {}

    /** What only its freelancer may ask says who asks. */
    sealed interface OfFreelancer extends InviteCommand {
        String by();
    }

    /** @param contractId for the contract that follows, if the hire comes about */
    record Accept(String by, String contractId) implements OfFreelancer {}

    record Decline(String by, String why) implements OfFreelancer {}

    /** @param number of the sending whose time is nearly over */
    record Remind(int number) implements InviteCommand {}

    /** @param number of the sending whose time is over, or whose job is not to be had any more */
    record Expire(int number) implements InviteCommand {}

    /** The hire did not come about. */
    record Refuse(String contractId, AcceptanceFailure why) implements InviteCommand {}
}
