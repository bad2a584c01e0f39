package io.guildhall.domain.escrow;

/** Everything one may ask of an escrow. What became of a call to the provider is told with the attempt it belongs to. */
public sealed interface EscrowCommand {
    record Open(EscrowDeal deal) implements EscrowCommand {}

    /**
     * @param paymentMethod the provider's token for the client's card; never a card number
     * @param request the same when the client asks again for want of an answer: what has come of it then is no second attempt
     */
    record Fund(String by, String paymentMethod, String request) implements EscrowCommand {}

    /** What became of an attempt to charge the client. */
    sealed interface OfCharge extends EscrowCommand {
        int attempt();
    }

    record RecordHeld(int attempt, String paymentId) implements OfCharge {}

    record RecordDeclined(int attempt, String code) implements OfCharge {}

    /** @param clientSecret with which the client's browser completes the payment at the provider */
    record RecordActionRequired(int attempt, String paymentId, String clientSecret) implements OfCharge {}

    record RecordChargeUnknown(int attempt) implements OfCharge {}

    record Release() implements EscrowCommand {}

    /** Tries again to pay out or back what the provider refused; does nothing where nothing was refused. */
    record Retry() implements EscrowCommand {}

    /** What became of an attempt to pay the freelancer. */
    sealed interface OfTransfer extends EscrowCommand {
        int attempt();
    }

    record RecordReleased(int attempt, String transferId) implements OfTransfer {}

    record RecordReleaseFailed(int attempt, String why) implements OfTransfer {}

    record RecordReleaseUnknown(int attempt) implements OfTransfer {}

    /** The contract is off: nothing may be charged any more, what is held goes back. */
    record CallOff() implements EscrowCommand {}

    /** What became of an attempt to pay the client back. */
    sealed interface OfRefund extends EscrowCommand {
        int attempt();
    }

    record RecordRefunded(int attempt, String refundId) implements OfRefund {}

    record RecordRefundFailed(int attempt, String why) implements OfRefund {}

    record RecordRefundUnknown(int attempt) implements OfRefund {}
}
