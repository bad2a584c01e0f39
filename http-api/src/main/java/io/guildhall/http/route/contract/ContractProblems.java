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
            case OWN_CONTRACT -> ownContract();
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
                        409,
                        "contract-funded",
                        "A milestone has money in escrow, so the contract cannot be cancelled. Request a refund of the"
                                + " milestone first.");
            case REFUND_REQUESTED ->
                new Problem(
                        409,
                        "refund-requested",
                        "The milestone has an open refund request. Accept, decline or withdraw the request first.");
            case NO_SUCH_REQUEST ->
                new Problem(
                        409,
                        "refund-request-closed",
                        "The milestone has no open refund request with this number. Read the contract again.");
            case REQUEST_LIMIT_REACHED ->
                new Problem(
                        409,
                        "refund-request-limit",
                        "You have used all your refund requests for this milestone. Contact support, so that an admin"
                                + " decides.");
            case INVALID_AMOUNT ->
                new Problem(
                        409,
                        "amount-not-held",
                        "The amounts do not add up to what is held for the milestone, or the fee takes all of the released"
                                + " part. Read the milestone's amount and correct them.");
            case ALREADY_SETTLED ->
                new Problem(409, "milestone-settled", "A refund or split of this milestone was decided.");
            case NOT_SETTLED, NOT_DUE ->
                new Problem(
                        409, "milestone-state", "The milestone's state does not allow this. Read the contract again.");
            case ALREADY_COMPLETED -> new Problem(409, "contract-completed", "The contract is completed.");
            case ALREADY_CANCELLED -> new Problem(409, "contract-cancelled", "The contract was cancelled.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }

    private static Problem ownContract() {
        return new Problem(403, "own-contract", "You are a party of this contract. Ask another admin to decide.");
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
            case OWN_CONTRACT -> ownContract();
            case NOT_STALLED ->
                new Problem(
                        409,
                        "payment-not-refused",
                        "The payment provider has not refused every attempt to move this part, or the other part of the"
                                + " split has not been moved. Read the escrow again.");
            case EXISTS_WITH_OTHER_TERMS,
                    NOT_HELD,
                    DOES_NOT_ADD_UP,
                    SETTLED_OTHERWISE,
                    NO_SUCH_ATTEMPT,
                    SECOND_PAYMENT,
                    WRONG_AMOUNT -> new Problem(409, "escrow-state", "The escrow is in another state. Read it again.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }
}
