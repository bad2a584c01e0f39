package io.guildhall.http.route.invite;

import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsRejection;
import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.proposal.ProposalProblems;

/** The problem for each rejection of an invite. */
final class InviteProblems {
    private InviteProblems() {}

    static Problem of(InviteRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the invite exists.
            case NOT_SENT -> AggregateApi.notFound();
            case NOT_YOURS -> AggregateApi.notYourPart();
            case SELF_INVITE -> new Problem(403, "yourself", "You cannot hire yourself.");
            case PAYOUT_NOT_READY -> ProposalProblems.payoutNotReady();
            case MILESTONES_DO_NOT_ADD_UP -> ProposalProblems.milestonesDoNotAddUp();
            case MILESTONES_TOO_LONG -> ProposalProblems.milestonesTooLong();
            case ALREADY_SENT ->
                new Problem(
                        409,
                        "invite-exists",
                        "You have already invited this freelancer to the job. Withdraw that invite before you send another.");
            case ALREADY_ACCEPTED ->
                new Problem(409, "invite-accepted", "The invite was already accepted. See the contract.");
            case ALREADY_ENDED ->
                new Problem(
                        409,
                        "invite-over",
                        "The invite was declined, withdrawn or rejected. Ask the client for another.");
            case EXPIRED -> new Problem(409, "invite-expired", "The invite has expired. Ask the client for another.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }

    /** Of the room of client and freelancer. */
    static Problem of(RoomRejection rejection) {
        return switch (rejection) {
            case BLOCKED -> new Problem(403, "invite-unavailable", "You cannot invite this account.");
            case YOU_BLOCK ->
                new Problem(403, "you-block", "You have blocked this account. Unblock it to send an invite.");
            case NOT_OPENED,
                    EXISTS_WITH_OTHER_TERMS,
                    NOT_YOURS,
                    NOT_A_MEMBER,
                    EMPTY_MESSAGE,
                    READ_ONLY,
                    NO_SUCH_MESSAGE,
                    NOT_YOUR_MESSAGE -> throw new IllegalArgumentException(rejection + " is not about invites");
        };
    }

    /** Of the count of invites. */
    static Problem of(ContactsRejection rejection) {
        return switch (rejection) {
            case YOURSELF -> of(InviteRejection.SELF_INVITE);
            case TOO_MANY_INVITES ->
                new Problem(
                        409,
                        "too-many-invites",
                        "You can send " + Contacts.MAX_INVITES_PER_HOUR
                                + " invites and orders in an hour, also counting withdrawn ones. Try again later.");
            case TOO_MANY_INVITES_TO_ONE ->
                new Problem(
                        409,
                        "too-many-invites",
                        "You can send " + Contacts.MAX_INVITES_PER_DAY_TO_ONE
                                + " invites and orders to one freelancer in 24 hours, also counting withdrawn ones. Try again later.");
            case TOO_MANY_TODAY -> throw new IllegalArgumentException(rejection + " is about conversations");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }

    static Problem notAFreelancer() {
        return new Problem(
                422,
                "not-a-freelancer",
                "freelancerId is not the id of an active freelancer. Search for freelancers with /api/freelancers/search.");
    }

    static Problem noSuchPackage() {
        return new Problem(422, "no-such-package", "The gig has no package of this tier. Read the gig again.");
    }
}
