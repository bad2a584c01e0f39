package io.guildhall.domain.escrow;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/** Everything that can have happened to an escrow. Journalled for ever: change only by adding. */
public sealed interface EscrowEvent extends Journalled {
    EscrowDeal deal();

    Instant at();

    /** Between the client and us. */
    sealed interface ChargeEvent extends EscrowEvent {}

    /** Between us and the freelancer. */
    sealed interface TransferEvent extends EscrowEvent {}

    /** From us back to the client. */
    sealed interface RefundEvent extends EscrowEvent {}

    @JournalName("escrow.opened")
    record Opened(EscrowDeal deal, Instant at) implements EscrowEvent {}

    /**
     * The intent to charge the client; the provider is called next, under an idempotency key made of escrow and attempt.
     *
     * @param request of the client that this comes of; the first ones did not say
     */
    @JournalName("escrow.funding-started")
    record FundingStarted(EscrowDeal deal, int attempt, String paymentMethod, Optional<String> request, Instant at)
            implements ChargeEvent {}

    @JournalName("escrow.action-required")
    record ActionRequired(EscrowDeal deal, int attempt, String paymentId, String clientSecret, Instant at)
            implements ChargeEvent {}

    /** Nobody knows yet whether the client was charged; the reconciler asks the provider. */
    @JournalName("escrow.funding-unknown")
    record FundingUnknown(EscrowDeal deal, int attempt, Instant at) implements ChargeEvent {}

    @JournalName("escrow.funding-declined")
    record FundingDeclined(EscrowDeal deal, int attempt, String code, Instant at) implements ChargeEvent {}

    @JournalName("escrow.money-held")
    record MoneyHeld(EscrowDeal deal, int attempt, String paymentId, Instant at) implements ChargeEvent {}

    /** The intent to pay the freelancer. */
    @JournalName("escrow.release-started")
    record ReleaseStarted(EscrowDeal deal, int attempt, Money fee, Money net, Instant at) implements TransferEvent {}

    @JournalName("escrow.release-unknown")
    record ReleaseUnknown(EscrowDeal deal, int attempt, Instant at) implements TransferEvent {}

    @JournalName("escrow.release-failed")
    record ReleaseFailed(EscrowDeal deal, int attempt, String why, Instant at) implements TransferEvent {}

    /** The same release tried again, after the provider had refused it. */
    @JournalName("escrow.release-retried")
    record ReleaseRetried(EscrowDeal deal, int attempt, Money net, Instant at) implements TransferEvent {}

    @JournalName("escrow.money-released")
    record MoneyReleased(EscrowDeal deal, Money fee, Money net, String transferId, Instant at)
            implements TransferEvent {}

    @JournalName("escrow.called-off")
    record CalledOff(EscrowDeal deal, Instant at) implements EscrowEvent {}

    /** The intent to pay the client back; said again, with the next attempt, after the provider had refused. */
    @JournalName("escrow.refund-started")
    record RefundStarted(EscrowDeal deal, int attempt, String paymentId, Instant at) implements RefundEvent {}

    @JournalName("escrow.refund-unknown")
    record RefundUnknown(EscrowDeal deal, int attempt, Instant at) implements RefundEvent {}

    @JournalName("escrow.refund-failed")
    record RefundFailed(EscrowDeal deal, int attempt, String why, Instant at) implements RefundEvent {}

    @JournalName("escrow.money-refunded")
    record MoneyRefunded(EscrowDeal deal, String refundId, Instant at) implements RefundEvent {}
}
