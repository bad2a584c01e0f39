package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.ProposalRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;

/** The problem for each rejection of a proposal. */
public final class ProposalProblems {
    private ProposalProblems() {}

    static Problem of(ProposalRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the proposal exists.
            case NOT_SUBMITTED, NOT_YOURS -> AggregateApi.notFound();
            case OWN_JOB -> new Problem(403, "own-job", "You cannot apply for your own job.");
            case PAYOUT_NOT_READY -> payoutNotReady();
            case ALREADY_SUBMITTED ->
                new Problem(
                        409,
                        "proposal-exists",
                        "You have already submitted a proposal for this job. Revise that one instead.");
            case MILESTONES_DO_NOT_ADD_UP -> milestonesDoNotAddUp();
            case MILESTONES_TOO_LONG -> milestonesTooLong();
            case CURRENCY_FIXED ->
                new Problem(
                        409, "currency-fixed", "The currency of a proposal cannot be changed. Use the same currency.");
            case REVISION_MISMATCH -> AggregateApi.revisionMismatch("proposal");
            case ALREADY_ACCEPTED ->
                new Problem(409, "proposal-accepted", "The proposal was already accepted. See the contract.");
            case ALREADY_DECLINED ->
                new Problem(409, "proposal-declined", "The proposal was declined and cannot be changed.");
            case ALREADY_WITHDRAWN ->
                new Problem(
                        409,
                        "proposal-withdrawn",
                        "The proposal was withdrawn. Its freelancer can submit it again while the job is open.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }

    public static Problem milestonesTooLong() {
        return new Problem(
                422,
                "milestones-too-long",
                "The days of the milestones must not add up to more than deliveryDays. Raise deliveryDays, or plan shorter milestones.");
    }

    public static Problem milestonesDoNotAddUp() {
        return new Problem(
                422,
                "milestones-do-not-add-up",
                "The amounts of the milestones must add up to the price, in its currency.");
    }

    static Problem revised() {
        return new Problem(
                409,
                "proposal-revised",
                "The freelancer has revised the proposal. Read it again before you accept it.");
    }

    public static Problem payoutNotReady() {
        return new Problem(
                409,
                "payout-not-ready",
                "You need a verified payout account. Open one with POST /api/me/payout-account and complete its onboarding.");
    }
}
