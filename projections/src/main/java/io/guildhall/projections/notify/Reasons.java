package io.guildhall.projections.notify;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.RefundRequest;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.webhook.DisableReason;

/**
 * Reasons as text, as notifications show them: what happened, then what to do. Events contain codes. A code of the payment
 * provider that is not listed here is shown unchanged.
 */
public final class Reasons {
    private Reasons() {}

    static String of(DeclineReason reason) {
        return switch (reason) {
            case JOB_NOT_OPEN -> "The job is not open.";
            case JOB_FILLED -> "Another freelancer was hired.";
            case JOB_CLOSED -> "The client has closed the job.";
            case TOO_MANY_PROPOSALS -> "The job has reached its maximum number of proposals.";
            case OTHER_CURRENCY -> "The price was not in the currency of the job's budget.";
            case PAYOUT_NOT_READY -> "Your payout account is not verified. Complete its onboarding, then apply again.";
            case ACCOUNT_SUSPENDED ->
                "One of the two accounts is suspended. Apply again when the suspension is lifted.";
        };
    }

    static String of(AcceptanceFailure failure) {
        return switch (failure) {
            case PAYOUT_NOT_READY ->
                "Your payout account is not verified. Complete its onboarding, then accept the invite again.";
            case JOB_NOT_OPEN -> "The job is no longer open.";
            case OTHER_CURRENCY -> "The price was not in the currency of the job's budget.";
            case ACCOUNT_SUSPENDED ->
                "One of the two accounts is suspended. Accept the invite again when the suspension is lifted.";
            case TIMED_OUT -> "It took too long. Accept the invite again.";
        };
    }

    static String of(RefundRequest request) {
        return request.amount().text() + ": " + request.reason();
    }

    static String of(EscrowEvent.OutsideEvent event) {
        return event.amount().text() + ": " + event.note();
    }

    static String of(SettlementDecision decision) {
        var settlement = decision.settlement();
        return settlement.refund().text() + " to the client, "
                + settlement.release().text() + " to the freelancer including the fee: " + decision.reason();
    }

    /** @param days until silence counts as consent */
    public static String ofSilence(int days) {
        return days == 1 ? "This happens in 1 day." : "This happens in " + days + " days.";
    }

    /** @param ofFreelancer whether the freelancer is suspended, and not the client */
    static String ofSuspension(boolean ofFreelancer) {
        return ofFreelancer
                ? "Nothing more can be funded. You can request a refund of each funded milestone in the contract."
                : "Nothing more can be funded. You can finish the funded milestones, and will be paid for them.";
    }

    /** @param code why a hire has failed */
    static String ofHire(String code) {
        return switch (code) {
            case "changed-meanwhile" -> "The freelancer has revised the proposal. Read it again.";
            case "already-withdrawn" -> "The freelancer has withdrawn the proposal.";
            case "already-declined" -> "The proposal was declined.";
            case "already-accepted" -> "The proposal was accepted for another contract.";
            case "account-suspended" -> "The freelancer's account or yours is suspended.";
            case Hire.TIMED_OUT -> "It took too long.";
            default -> "The proposal could not be accepted (" + code + ").";
        };
    }

    /** @param code of the payment provider, or of our own check of its response */
    static String ofCharge(String code) {
        return switch (code) {
            case "card_declined" -> "The card was declined. Use another card.";
            case "insufficient_funds" -> "The card has insufficient funds. Use another card.";
            case "expired_card" -> "The card has expired. Use another card.";
            case "resource_missing" -> "The payment method does not exist. Use another one.";
            case "canceled" -> "The payment was not confirmed in time. Start it again.";
            case "account-suspended" -> "Your account or that of the freelancer was suspended.";
            case "never-received" -> "The payment provider did not receive the payment. Start it again.";
            case "wrong-amount" -> "The payment provider charged another amount. Contact support.";
            default -> "The payment provider declined it (" + code + "). Use another card.";
        };
    }

    /** @param code of the payment provider, or of our own check of its response */
    static String ofPayout(String code) {
        return switch (code) {
            case "no-payout-account" -> "You have no payout account. Open one.";
            case "insufficient_capabilities_for_transfer" ->
                "Your payout account cannot receive money. Complete its onboarding.";
            case "resource_missing" -> "The payment provider does not know your payout account. Contact support.";
            case "balance_insufficient" ->
                "The payment provider has not received the money yet. You do not need to do anything.";
            default -> "The payment provider refused it (" + code + ").";
        };
    }

    static String of(DisableReason reason) {
        return switch (reason) {
            case GONE -> "The receiver responded with 410 Gone.";
            case FAILED -> "All attempts to deliver an event failed for three days.";
        };
    }
}
