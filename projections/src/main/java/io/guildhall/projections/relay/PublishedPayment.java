package io.guildhall.projections.relay;

import io.guildhall.kernel.Money;

/** Published events of escrows: money that moved. A milestone is named by its number, from 1. */
public sealed interface PublishedPayment extends PublishedEvent {
    String escrowId();

    @Override
    default String key() {
        return escrowId();
    }

    @PublishedName("payment.escrow-opened")
    record EscrowOpened(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /** The escrow was cancelled before money was held. */
    @PublishedName("payment.escrow-cancelled")
    record EscrowCancelled(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /** The payment provider declined a charge of the client. */
    @PublishedName("payment.declined")
    record Declined(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /** The client was charged, and the money is held. */
    @PublishedName("payment.held")
    record Held(String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /**
     * Held money was released.
     *
     * @param fee the platform's share
     * @param net the freelancer's share
     */
    @PublishedName("payment.released")
    record Released(
            String escrowId,
            String contractId,
            int milestone,
            String clientId,
            String freelancerId,
            Money fee,
            Money net)
            implements PublishedPayment {}

    /** @param amount all of the held money, or a part of it */
    @PublishedName("payment.refunded")
    record Refunded(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /**
     * An operator has paid the freelancer outside the payment provider, which refuses the release.
     *
     * @param amount the freelancer's share
     */
    @PublishedName("payment.released-outside")
    record ReleasedOutside(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}

    /** An operator has refunded the client outside the payment provider, which refuses the refund. */
    @PublishedName("payment.refunded-outside")
    record RefundedOutside(
            String escrowId, String contractId, int milestone, String clientId, String freelancerId, Money amount)
            implements PublishedPayment {}
}
