package io.guildhall.domain.escrow;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an escrow, stored permanently: add new ones, never change existing ones. */
public sealed interface EscrowEvent extends Journalled {
    EscrowDeal deal();

    Instant at();

    /** The provider confirmed a movement of money. */
    sealed interface MoneyEvent extends EscrowEvent {}

    /** A step of a call to the provider that has not moved money. */
    sealed interface CallEvent extends EscrowEvent {}

    /**
     * An operator has settled a payment outside the provider that the provider refuses to make. The money stays at the
     * provider.
     */
    sealed interface OutsideEvent extends EscrowEvent {
        /** The operator. */
        String by();

        /** What the operator did. */
        String note();

        /** The settled payment. */
        Money amount();
    }

    /** Belongs to a charge of the client. */
    sealed interface ChargeEvent extends EscrowEvent {}

    /** Belongs to a transfer to the freelancer. */
    sealed interface TransferEvent extends EscrowEvent {}

    /** Belongs to a refund to the client. */
    sealed interface RefundEvent extends EscrowEvent {}

    /** Belongs to a split; its refund and its release have events of their own. */
    sealed interface SplitEvent extends EscrowEvent {}

    @JournalName("escrow.opened")
    record Opened(EscrowDeal deal, Instant at) implements EscrowEvent {}

    /**
     * The decision to charge the client. The provider is called next; the idempotency key is derived from escrow and
     * attempt.
     *
     * @param request id of the client's request; the oldest events do not have it
     */
    @JournalName("escrow.funding-started")
    record FundingStarted(EscrowDeal deal, int attempt, String paymentMethod, Optional<String> request, Instant at)
            implements ChargeEvent, CallEvent {}

    @JournalName("escrow.action-required")
    record ActionRequired(
            EscrowDeal deal,
            int attempt,
            String paymentId,
            @Personal(of = "deal.clientId") String clientSecret,
            Instant at)
            implements ChargeEvent, CallEvent {}

    /**
     * The client drops a charge that waits for a confirmation. A call to the provider cancels it next, which fails if
     * the client has confirmed it in the meantime.
     *
     * @param next the charge that starts once this one is cancelled
     */
    @JournalName("escrow.funding-dropped")
    record FundingDropped(EscrowDeal deal, int attempt, Optional<NextCharge> next, Instant at)
            implements ChargeEvent, CallEvent {}

    /** It is unknown whether the client was charged. The reconciler queries the provider. */
    @JournalName("escrow.funding-unknown")
    record FundingUnknown(EscrowDeal deal, int attempt, Instant at) implements ChargeEvent, CallEvent {}

    @JournalName("escrow.funding-declined")
    record FundingDeclined(EscrowDeal deal, int attempt, String code, Instant at) implements ChargeEvent, CallEvent {}

    @JournalName("escrow.money-held")
    record MoneyHeld(EscrowDeal deal, int attempt, String paymentId, Instant at) implements ChargeEvent, MoneyEvent {}

    /** The decision to pay the freelancer. */
    @JournalName("escrow.release-started")
    record ReleaseStarted(EscrowDeal deal, int attempt, Money fee, Money net, Instant at)
            implements TransferEvent, CallEvent {}

    @JournalName("escrow.release-unknown")
    record ReleaseUnknown(EscrowDeal deal, int attempt, Instant at) implements TransferEvent, CallEvent {}

    @JournalName("escrow.release-failed")
    record ReleaseFailed(EscrowDeal deal, int attempt, String why, Instant at) implements TransferEvent, CallEvent {}

    /**
     * The provider refused the last automatic attempt, or the transfer is withheld because the freelancer is suspended.
     * An operator can start the next one.
     *
     * @param part the freelancer's share, if only a part of the held money is released
     */
    @JournalName("escrow.release-stalled")
    record ReleaseStalled(EscrowDeal deal, int attempt, String why, Optional<Money> part, Instant at)
            implements TransferEvent, CallEvent {
        /** The amount that the provider refuses to transfer. */
        public Money amount() {
            return part.orElseGet(deal::net);
        }
    }

    /**
     * The decision to repeat a release that was refused or withheld.
     *
     * @param by the operator who ordered the attempt; empty if it is automatic
     */
    @JournalName("escrow.release-retried")
    record ReleaseRetried(EscrowDeal deal, int attempt, Money net, Optional<String> by, Instant at)
            implements TransferEvent, CallEvent {}

    /**
     * The decision not to release the money that the provider refuses to transfer: it is held again, and then divided
     * in another way.
     *
     * @param attempt the last one; attempts of later releases have higher numbers
     */
    @JournalName("escrow.release-abandoned")
    record ReleaseAbandoned(EscrowDeal deal, int attempt, Money fee, Money net, Instant at)
            implements TransferEvent, CallEvent {}

    /** @param part the freelancer's share, if only a part of the held money is released */
    @JournalName("escrow.release-settled-outside")
    record ReleaseSettledOutside(
            EscrowDeal deal,
            int attempt,
            String by,
            @Personal String note,
            Optional<Money> part,
            Instant at) implements TransferEvent, OutsideEvent {
        @Override
        public Money amount() {
            return part.orElseGet(deal::net);
        }
    }

    @JournalName("escrow.money-released")
    record MoneyReleased(EscrowDeal deal, Money fee, Money net, String transferId, Instant at)
            implements TransferEvent, MoneyEvent {
        /** Whether it is all of the held money; otherwise the rest is refunded. */
        public boolean releasesAll() {
            return fee.plus(net).equals(deal.amount());
        }
    }

    @JournalName("escrow.called-off")
    record Cancelled(EscrowDeal deal, Instant at) implements EscrowEvent {}

    /**
     * The decision to divide the held money. The intents to refund and to release follow, each with an attempt of its
     * own.
     */
    @JournalName("escrow.split-started")
    record SplitStarted(EscrowDeal deal, Settlement settlement, Instant at) implements SplitEvent {}

    /** The decision to divide the money if the provider refuses its release, which is in progress. */
    @JournalName("escrow.settlement-postponed")
    record SettlementPostponed(EscrowDeal deal, Settlement settlement, Instant at) implements SplitEvent {}

    /**
     * The decision to give a part of the split that the provider refuses to the other party. The intent to refund or to
     * release it follows.
     *
     * @param amount the part, including the fee if it is released
     * @param settlement what both parties get in the end
     * @param by the admin
     */
    @JournalName("escrow.split-redirected")
    record SplitRedirected(
            EscrowDeal deal,
            Money amount,
            Settlement settlement,
            String by,
            @Personal String reason,
            Instant at) implements SplitEvent {}

    /** Both parts have been moved. */
    @JournalName("escrow.split-completed")
    record SplitCompleted(EscrowDeal deal, Settlement settlement, Instant at) implements SplitEvent {}

    /**
     * The decision to refund the client. Repeated with the next attempt after the provider refused.
     *
     * @param part what is refunded, if it is only a part of the held money
     */
    @JournalName("escrow.refund-started")
    record RefundStarted(EscrowDeal deal, int attempt, String paymentId, Optional<Money> part, Instant at)
            implements RefundEvent, CallEvent {}

    @JournalName("escrow.refund-unknown")
    record RefundUnknown(EscrowDeal deal, int attempt, Instant at) implements RefundEvent, CallEvent {}

    @JournalName("escrow.refund-failed")
    record RefundFailed(EscrowDeal deal, int attempt, String why, Instant at) implements RefundEvent, CallEvent {}

    /**
     * The provider refused the last automatic attempt. An operator can start the next one.
     *
     * @param part what is refunded, if it is only a part of the held money
     */
    @JournalName("escrow.refund-stalled")
    record RefundStalled(EscrowDeal deal, int attempt, String why, Optional<Money> part, Instant at)
            implements RefundEvent, CallEvent {
        /** The amount that the provider refuses to refund. */
        public Money amount() {
            return part.orElseGet(deal::amount);
        }
    }

    /** @param part what is refunded, if it is only a part of the held money */
    @JournalName("escrow.refund-settled-outside")
    record RefundSettledOutside(
            EscrowDeal deal,
            int attempt,
            String by,
            @Personal String note,
            Optional<Money> part,
            Instant at) implements RefundEvent, OutsideEvent {
        @Override
        public Money amount() {
            return part.orElseGet(deal::amount);
        }
    }

    /** @param part what was refunded, if it is only a part of the held money */
    @JournalName("escrow.money-refunded")
    record MoneyRefunded(EscrowDeal deal, String refundId, Optional<Money> part, Instant at)
            implements RefundEvent, MoneyEvent {
        /** The amount that was refunded. */
        public Money amount() {
            return part.orElseGet(deal::amount);
        }
    }
}
