package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.ProposalRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;

/** What a caller is told where a proposal refuses. */
final class ProposalProblems {
    private ProposalProblems() {}

    static Problem of(ProposalRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_SUBMITTED, NOT_YOURS -> AggregateApi.notFound();
            case OWN_JOB -> new Problem(403, "own-job", "Nobody can apply for a job of their own.");
            case ALREADY_SUBMITTED ->
                new Problem(409, "proposal-exists", "You have a proposal for this job; read it and change it instead.");
            case MILESTONES_DO_NOT_ADD_UP ->
                new Problem(
                        422,
                        "milestones-do-not-add-up",
                        "The milestones' amounts add up to exactly the price, in its currency.");
            case CURRENCY_FIXED ->
                new Problem(409, "currency-fixed", "A proposal keeps its currency; name the price in that one.");
            case CHANGED_MEANWHILE ->
                new Problem(
                        412, "precondition-failed", "It was changed meanwhile; read it again and repeat your edit.");
            case ALREADY_ACCEPTED -> new Problem(409, "proposal-accepted", "It was accepted; see the contract.");
            case ALREADY_DECLINED ->
                new Problem(409, "proposal-declined", "It was declined; it cannot change any more.");
            case ALREADY_WITHDRAWN ->
                new Problem(409, "proposal-withdrawn", "The freelancer has withdrawn it; choose another.");
        };
    }

    static Problem revised() {
        return new Problem(
                409, "proposal-revised", "The freelancer has revised it; read it again before you accept it.");
    }

    static Problem payoutNotReady() {
        return new Problem(
                409,
                "payout-not-ready",
                "Open a payout account and have it verified before you apply; see /api/me/payout-account.");
    }
}
