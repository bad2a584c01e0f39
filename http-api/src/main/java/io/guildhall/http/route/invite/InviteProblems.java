package io.guildhall.http.route.invite;

import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;

/** What a caller is told where an invite refuses. */
final class InviteProblems {
    private InviteProblems() {}

    static Problem of(InviteRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_SENT -> AggregateApi.notFound();
            case NOT_YOURS -> AggregateApi.notYourPart();
            case YOURSELF -> new Problem(403, "yourself", "Nobody can hire themselves.");
            case MILESTONES_DO_NOT_ADD_UP ->
                new Problem(
                        422,
                        "milestones-do-not-add-up",
                        "The milestones' amounts add up to exactly the price, in its currency.");
            case ALREADY_SENT ->
                new Problem(
                        409,
                        "invite-exists",
                        "This freelancer has an invite of yours for the job; withdraw it before you send another.");
            case ALREADY_ACCEPTED -> new Problem(409, "invite-accepted", "It was accepted; see the contract.");
            case IS_OVER -> new Problem(409, "invite-over", "It was declined, withdrawn or refused; ask for another.");
            case IS_EXPIRED -> new Problem(409, "invite-expired", "Its time is over; ask the client for another.");
        };
    }

    static Problem notAFreelancer() {
        return new Problem(
                422, "not-a-freelancer", "Nobody who works as a freelancer here has this identity; search for one.");
    }

    static Problem noSuchPackage() {
        return new Problem(422, "no-such-package", "The gig has no package of this tier; read it again.");
    }
}
