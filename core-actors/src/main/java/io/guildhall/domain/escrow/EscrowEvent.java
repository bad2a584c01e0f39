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

    /** Money has changed hands, as the provider confirmed. */
    sealed interface MoneyMoved extends EscrowEvent {}

    /** A step of a call to the provider by which no money has moved yet. */
    sealed interface CallStep extends EscrowEvent {}

    /** The client is charged. */
    sealed interface ChargeEvent extends EscrowEvent {}

    /** The freelancer is paid. */
    sealed interface TransferEvent extends EscrowEvent {}

    /** The client is refunded. */
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
            implements ChargeEvent, CallStep {}

    @JournalName("escrow.action-required")
    record ActionRequired(EscrowDeal deal, int attempt, String paymentId, String clientSecret, Instant at)
            implements ChargeEvent, CallStep {}

    /** Nobody knows yet whether the client was charged; the reconciler asks the provider. */
    @JournalName("escrow.funding-unknown")
    record FundingUnknown(EscrowDeal deal, int attempt, Instant at) implements ChargeEvent, CallStep {}

    @JournalName("escrow.funding-declined")
    record FundingDeclined(EscrowDeal deal, int attempt, String code, Instant at) implements ChargeEvent, CallStep {}

    @JournalName("escrow.money-held")
    record MoneyHeld(EscrowDeal deal, int attempt, String paymentId, Instant at) implements ChargeEvent, MoneyMoved {}

    /** The intent to pay the freelancer. */
    @JournalName("escrow.release-started")
    record ReleaseStarted(EscrowDeal deal, int attempt, Money fee, Money net, Instant at)
            implements TransferEvent, CallStep {}

    @JournalName("escrow.release-unknown")
    record ReleaseUnknown(EscrowDeal deal, int attempt, Instant at) implements TransferEvent, CallStep {}

    @JournalName("escrow.release-failed")
    record ReleaseFailed(EscrowDeal deal, int attempt, String why, Instant at) implements TransferEvent, CallStep {}

    /** The same release tried again, after the provider had refused it. */
    @JournalName("escrow.release-retried")
    record ReleaseRetried(EscrowDeal deal, int attempt, Money net, Instant at) implements TransferEvent, CallStep {}

    @JournalName("escrow.money-released")
    record MoneyReleased(EscrowDeal deal, Money fee, Money net, String transferId, Instant at)
            implements TransferEvent, MoneyMoved {}

    @JournalName("escrow.called-off")
    record CalledOff(EscrowDeal deal, Instant at) implements EscrowEvent {}

    /** The intent to pay the client back; said again, with the next attempt, after the provider had refused. */
    @JournalName("escrow.refund-started")
    record RefundStarted(EscrowDeal deal, int attempt, String paymentId, Instant at) implements RefundEvent, CallStep {}

    @JournalName("escrow.refund-unknown")
    record RefundUnknown(EscrowDeal deal, int attempt, Instant at) implements RefundEvent, CallStep {}

    @JournalName("escrow.refund-failed")
    record RefundFailed(EscrowDeal deal, int attempt, String why, Instant at) implements RefundEvent, CallStep {}

    @JournalName("escrow.money-refunded")
    record MoneyRefunded(EscrowDeal deal, String refundId, Instant at) implements RefundEvent, MoneyMoved {}
}
