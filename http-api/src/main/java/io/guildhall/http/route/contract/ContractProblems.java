package io.guildhall.http.route.contract;

import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;

/** What a caller is told where a contract or an escrow refuses. */
final class ContractProblems {
    private ContractProblems() {}

    static Problem of(ContractRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_DRAWN, NOT_YOURS, NO_SUCH_MILESTONE -> AggregateApi.notFound();
            case NOT_YOUR_PART -> AggregateApi.notYourPart();
            case DRAWN_OTHERWISE, MILESTONES_DO_NOT_ADD_UP ->
                new Problem(409, "contract-drawn", "This contract was drawn with other terms; read it again.");
            case NOT_FUNDED ->
                new Problem(409, "milestone-not-funded", "The milestone is not funded yet; work begins after that.");
            case NOT_SUBMITTED -> new Problem(409, "work-not-submitted", "Wait until the freelancer submits the work.");
            case ALREADY_ACCEPTED -> new Problem(409, "work-accepted", "This milestone's work is accepted already.");
            case NOT_ACCEPTED -> new Problem(409, "work-not-accepted", "This milestone's work is not accepted yet.");
            case ALREADY_FUNDED ->
                new Problem(409, "contract-funded", "Once a milestone is funded, cancelling is no longer free.");
            case ALREADY_COMPLETED -> new Problem(409, "contract-completed", "This contract is completed.");
            case ALREADY_CANCELLED -> new Problem(409, "contract-cancelled", "This contract is cancelled.");
        };
    }

    static Problem of(EscrowRejection reason) {
        return switch (reason) {
            case NOT_OPENED, NOT_YOURS -> AggregateApi.notFound();
            case NOT_YOUR_PART -> AggregateApi.notYourPart();
            case ALREADY_FUNDING ->
                new Problem(
                        409, "funding-under-way", "Another card is being charged; read the escrow to see how it ends.");
            case ALREADY_FUNDED -> new Problem(409, "escrow-funded", "This milestone is paid for already.");
            case CALLED_OFF -> new Problem(409, "contract-cancelled", "This contract is cancelled.");
            case OPENED_OTHERWISE, NOT_HELD, NO_SUCH_ATTEMPT, UNEXPECTED_PAYMENT ->
                new Problem(409, "escrow-state", "Read the escrow again before you go on.");
        };
    }
}
