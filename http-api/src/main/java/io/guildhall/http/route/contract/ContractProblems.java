package io.guildhall.http.route.contract;

import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;

/** The problem for each rejection of a contract or an escrow. */
final class ContractProblems {
    private ContractProblems() {}

    static Problem of(ContractRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the contract exists.
            case NOT_CREATED, NOT_YOURS, NO_SUCH_MILESTONE -> AggregateApi.notFound();
            case OTHER_PARTY_ONLY -> AggregateApi.notYourPart();
            case EXISTS_WITH_OTHER_TERMS, MILESTONES_DO_NOT_ADD_UP ->
                new Problem(409, "contract-drawn", "The contract already exists with other terms. Read it again.");
            case NOT_FUNDED ->
                new Problem(
                        409,
                        "milestone-not-funded",
                        "The milestone is not funded yet. Wait until the client has funded it.");
            case NOT_SUBMITTED ->
                new Problem(
                        409,
                        "work-not-submitted",
                        "The freelancer has not submitted work for this milestone. Wait for the submission.");
            case ALREADY_ACCEPTED ->
                new Problem(409, "work-accepted", "The work for this milestone was already accepted.");
            case NOT_ACCEPTED ->
                new Problem(409, "work-not-accepted", "The work for this milestone is not accepted yet.");
            case ALREADY_FUNDED ->
                new Problem(
                        409, "contract-funded", "A milestone is funded, so the contract can no longer be cancelled.");
            case ALREADY_COMPLETED -> new Problem(409, "contract-completed", "The contract is completed.");
            case ALREADY_CANCELLED -> new Problem(409, "contract-cancelled", "The contract was cancelled.");
        };
    }

    static Problem of(EscrowRejection rejection) {
        return switch (rejection) {
            case NOT_OPENED, NOT_YOURS -> AggregateApi.notFound();
            case OTHER_PARTY_ONLY -> AggregateApi.notYourPart();
            case ALREADY_FUNDING ->
                new Problem(
                        409,
                        "funding-under-way",
                        "The payment provider is charging another card for this milestone. Read the escrow for the"
                                + " result, which usually takes seconds.");
            case ALREADY_FUNDED -> new Problem(409, "escrow-funded", "The milestone is already funded.");
            case ALREADY_CANCELLED -> new Problem(409, "contract-cancelled", "The contract was cancelled.");
            case EXISTS_WITH_OTHER_TERMS, NOT_HELD, NO_SUCH_ATTEMPT, SECOND_PAYMENT, WRONG_AMOUNT ->
                new Problem(409, "escrow-state", "The escrow is in another state. Read it again.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterpart();
        };
    }
}
