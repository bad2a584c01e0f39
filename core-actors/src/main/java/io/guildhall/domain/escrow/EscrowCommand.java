package io.guildhall.domain.escrow;

import io.guildhall.kernel.Money;
import java.util.Optional;

/**
 * Commands that an escrow accepts. The outcome of a call to the payment provider carries the number of its attempt,
 * from 1.
 */
public sealed interface EscrowCommand {
    record Open(EscrowDeal deal) implements EscrowCommand {}

    /**
     * @param paymentMethod the provider's token for the client's card; never a card number
     * @param request id of the request; a client that sends the same request again does not start a second charge
     */
    record Fund(String by, String paymentMethod, String request) implements EscrowCommand {}

    /** Drops a charge that waits for the client's confirmation. Changes nothing if none is in progress. */
    record DropCharge(String by) implements EscrowCommand {}

    /** The outcome of a charge. */
    sealed interface ChargeOutcome extends EscrowCommand {
        int attempt();
    }

    /** @param amount that the provider charged */
    record RecordHeld(int attempt, String paymentId, Money amount) implements ChargeOutcome {}

    record RecordDeclined(int attempt, String code) implements ChargeOutcome {}

    /** @param clientSecret for the client's browser, which confirms the payment at the provider */
    record RecordActionRequired(int attempt, String paymentId, String clientSecret) implements ChargeOutcome {}

    record RecordChargeUnknown(int attempt) implements ChargeOutcome {}

    record Release() implements EscrowCommand {}

    /**
     * Divides the held money between the parties: a refund, a release or both. If a release was started before, the
     * division waits until the provider refuses it; if the release succeeds, there is no division.
     */
    record Settle(Settlement settlement) implements EscrowCommand {}

    /**
     * Starts the next attempt of a call that the provider has refused. Changes nothing if the provider has not refused
     * the call.
     */
    sealed interface RetryCommand extends EscrowCommand {}

    /** @param by the operator who orders the attempt, even if the freelancer is suspended; empty if it is automatic */
    record RetryTransfer(Optional<String> by) implements RetryCommand {
        public RetryTransfer() {
            this(Optional.empty());
        }
    }

    record RetryRefund() implements RetryCommand {}

    /**
     * Ends a call that the provider refuses at every attempt: an operator has paid the amount outside the provider, or
     * has agreed otherwise with the party that it belongs to.
     */
    sealed interface OutsideCommand extends EscrowCommand {
        /** The operator. */
        String by();

        /** What the operator did. */
        String note();
    }

    /** Ends the stalled transfer to the freelancer. */
    record SettleTransferOutside(String by, String note) implements OutsideCommand {}

    /** Ends the stalled refund to the client. */
    record SettleRefundOutside(String by, String note) implements OutsideCommand {}

    /**
     * Gives the part of a split that the provider refuses at every attempt to the other party, which has got its own
     * part.
     *
     * @param by the admin
     */
    record Redirect(String by, Recipient to, String reason) implements EscrowCommand {}

    /** A party of the escrow. */
    enum Recipient {
        CLIENT,
        FREELANCER
    }

    /** The outcome of a transfer to the freelancer. */
    sealed interface TransferOutcome extends EscrowCommand {
        int attempt();
    }

    /** @param amount that the provider transferred */
    record RecordReleased(int attempt, String transferId, Money amount) implements TransferOutcome {}

    record RecordReleaseFailed(int attempt, String error) implements TransferOutcome {}

    record RecordReleaseUnknown(int attempt) implements TransferOutcome {}

    /**
     * The transfer was not made. It is not made automatically while its reason exists.
     *
     * @param reason a code
     */
    record RecordReleaseWithheld(int attempt, String reason) implements TransferOutcome {}

    /** The contract was cancelled: no further charge is allowed, and held money is refunded. */
    record Cancel() implements EscrowCommand {}

    /** The outcome of a refund. */
    sealed interface RefundOutcome extends EscrowCommand {
        int attempt();
    }

    /** @param amount that the provider refunded */
    record RecordRefunded(int attempt, String refundId, Money amount) implements RefundOutcome {}

    record RecordRefundFailed(int attempt, String error) implements RefundOutcome {}

    record RecordRefundUnknown(int attempt) implements RefundOutcome {}
}
