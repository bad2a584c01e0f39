package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.Optional;

/**
 * The money for one milestone. The usual phases are open, funding, held, releasing and released. A contract that is
 * cancelled has its money refunded, or its escrow is cancelled if no money was held. Each movement of money is
 * recorded three times: the decision to call the payment provider, the call, and its outcome, which can be unknown.
 *
 * <p>A success that the provider reports late, for an attempt that was recorded as failed, settles the movement. A
 * second success, or one of another amount, is rejected: the caller records it as a discrepancy. Other reports that are
 * repeated, late or out of order change nothing.
 */
public sealed interface Escrow extends Journalled {
    Aggregate<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> AGGREGATE = new Aggregate<>(
                    "escrow",
                    Escrow.class,
                    EscrowCommand.class,
                    EscrowEvent.class,
                    EscrowRejection.class,
                    new NotCreated(),
                    Escrow::decide,
                    Escrow::evolve)
            .with(new SuspensionRule<>(EscrowParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /** The code of a charge that the client has dropped. */
    String DROPPED = "dropped";

    String PREFIX = "esc";

    static String id(String contractId, int milestone) {
        return PREFIX + "_" + Ids.body(contractId) + "-" + milestone;
    }

    record NotCreated() implements Escrow {}

    /**
     * @param id at the payment provider
     * @param request id of the client's request; empty if it is unknown
     */
    record Payment(String id, String request) {
        private Optional<Money> amount(String reference, EscrowDeal deal) {
            return id.equals(reference) ? Optional.of(deal.amount()) : Optional.empty();
        }
    }

    /**
     * @param request id of the client's request
     * @param code the provider's error code, such as insufficient_funds
     */
    record Decline(String request, String code, Instant at) {}

    /** @param attempts number of declined charges */
    record Open(EscrowDeal deal, int attempts, Optional<Decline> lastDecline) implements Escrow {
        boolean wasDeclined(String request) {
            return lastDecline.filter(it -> it.request().equals(request)).isPresent();
        }
    }

    /**
     * The client has dropped a charge, which is being cancelled.
     *
     * @param next the charge that starts once it is cancelled
     */
    record Drop(Optional<NextCharge> next) {}

    /**
     * @param request id of the client's request
     * @param clientSecret empty unless the client must confirm the payment
     * @param drop present if the client has dropped the charge
     * @param isCancelled whether the escrow was cancelled while the charge is pending
     */
    record Funding(
            EscrowDeal deal,
            PendingCall charge,
            String paymentMethod,
            String request,
            String clientSecret,
            Optional<Drop> drop,
            boolean isCancelled)
            implements Escrow {
        Funding with(Status status, String paymentId, String secret) {
            return new Funding(deal, charge.with(status, paymentId), paymentMethod, request, secret, drop, isCancelled);
        }

        Funding withDrop(Optional<NextCharge> next) {
            return new Funding(
                    deal, charge, paymentMethod, request, clientSecret, Optional.of(new Drop(next)), isCancelled);
        }

        Funding withCancelled() {
            return new Funding(deal, charge, paymentMethod, request, clientSecret, drop, true);
        }
    }

    /** @param payment the successful charge */
    record Held(EscrowDeal deal, Payment payment) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                    ChargeDecisions.decideAfterCharge(command, deal, payment);
                case Release _ -> accept(new ReleaseStarted(deal, 1, deal.fee(), deal.net(), now));
                case Cancel _ -> accept(new RefundStarted(deal, 1, payment.id(), now));
                case Retry _ -> accept();
                case TransferOutcome _, RefundOutcome _ -> reject(NO_SUCH_ATTEMPT);
            };
        }
    }

    record Releasing(EscrowDeal deal, Payment payment, PendingCall transfer) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                    ChargeDecisions.decideAfterCharge(command, deal, payment);
                case Release _ -> accept();
                case Retry _
                when transfer.wasRefused() -> accept(new ReleaseRetried(deal, transfer.attempt() + 1, deal.net(), now));
                case Retry _ -> accept();
                case TransferOutcome transferOutcome
                when !ChargeDecisions.isKnownAttempt(transferOutcome.attempt(), transfer.attempt()) ->
                    reject(NO_SUCH_ATTEMPT);
                case RecordReleased recordReleased
                when !recordReleased.amount().equals(deal.net()) -> reject(WRONG_AMOUNT);
                case RecordReleased recordReleased ->
                    accept(new MoneyReleased(deal, deal.fee(), deal.net(), recordReleased.transferId(), now));
                case TransferOutcome transferOutcome
                when !transfer.isAttempt(transferOutcome.attempt()) || transfer.wasRefused() -> accept();
                case RecordReleaseFailed recordReleaseFailed -> failed(recordReleaseFailed, now);
                case RecordReleaseUnknown recordReleaseUnknown ->
                    transfer.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new ReleaseUnknown(deal, recordReleaseUnknown.attempt(), now));
                case Cancel _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }

        private Decision<EscrowEvent, EscrowRejection> failed(RecordReleaseFailed command, Instant now) {
            var failed = new ReleaseFailed(deal, command.attempt(), command.error(), now);
            return PendingCall.isLastAutomatic(command.attempt())
                    ? accept(failed, new ReleaseStalled(deal, command.attempt(), command.error(), now))
                    : accept(failed);
        }

        Releasing with(PendingCall changed) {
            return new Releasing(deal, payment, changed);
        }
    }

    record Released(EscrowDeal deal, Payment payment, String transferId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                    ChargeDecisions.decideAfterCharge(command, deal, payment);
                case RecordReleased recordReleased
                when !recordReleased.transferId().equals(transferId) -> reject(SECOND_PAYMENT);
                case Release _, Retry _, TransferOutcome _ -> accept();
                case Cancel _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }
    }

    record Refunding(EscrowDeal deal, Payment payment, PendingCall refund) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, ChargeOutcome _ -> ChargeDecisions.decideAfterCharge(command, deal, payment);
                case Fund fund -> ChargeDecisions.rejectAsCancelled(fund.by(), deal);
                case DropCharge dropCharge -> ChargeDecisions.rejectAsCancelled(dropCharge.by(), deal);
                case Cancel _ -> accept();
                case Retry _
                when refund.wasRefused() -> accept(new RefundStarted(deal, refund.attempt() + 1, payment.id(), now));
                case Retry _ -> accept();
                case RefundOutcome refundOutcome
                when !ChargeDecisions.isKnownAttempt(refundOutcome.attempt(), refund.attempt()) ->
                    reject(NO_SUCH_ATTEMPT);
                case RecordRefunded recordRefunded
                when !recordRefunded.amount().equals(deal.amount()) -> reject(WRONG_AMOUNT);
                case RecordRefunded recordRefunded -> accept(new MoneyRefunded(deal, recordRefunded.refundId(), now));
                case RefundOutcome refundOutcome
                when !refund.isAttempt(refundOutcome.attempt()) || refund.wasRefused() -> accept();
                case RecordRefundFailed recordRefundFailed -> failed(recordRefundFailed, now);
                case RecordRefundUnknown recordRefundUnknown ->
                    refund.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new RefundUnknown(deal, recordRefundUnknown.attempt(), now));
                case Release _, TransferOutcome _ -> reject(ALREADY_CANCELLED);
            };
        }

        private Decision<EscrowEvent, EscrowRejection> failed(RecordRefundFailed command, Instant now) {
            var failed = new RefundFailed(deal, command.attempt(), command.error(), now);
            return PendingCall.isLastAutomatic(command.attempt())
                    ? accept(failed, new RefundStalled(deal, command.attempt(), command.error(), now))
                    : accept(failed);
        }

        Refunding with(PendingCall changed) {
            return new Refunding(deal, payment, changed);
        }
    }

    record Refunded(EscrowDeal deal, Payment payment, String refundId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, ChargeOutcome _ -> ChargeDecisions.decideAfterCharge(command, deal, payment);
                case Fund fund -> ChargeDecisions.rejectAsCancelled(fund.by(), deal);
                case DropCharge dropCharge -> ChargeDecisions.rejectAsCancelled(dropCharge.by(), deal);
                case RecordRefunded recordRefunded
                when !recordRefunded.refundId().equals(refundId) -> reject(SECOND_PAYMENT);
                case Cancel _, Retry _, RefundOutcome _ -> accept();
                case Release _, TransferOutcome _ -> reject(ALREADY_CANCELLED);
            };
        }
    }

    /** @param attempts number of charges before the cancellation */
    record Cancelled(EscrowDeal deal, int attempts) implements Escrow {}

    default Optional<EscrowDeal> findDeal() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open open -> Optional.of(open.deal);
            case Funding funding -> Optional.of(funding.deal);
            case Held held -> Optional.of(held.deal);
            case Releasing releasing -> Optional.of(releasing.deal);
            case Released released -> Optional.of(released.deal);
            case Refunding refunding -> Optional.of(refunding.deal);
            case Refunded refunded -> Optional.of(refunded.deal);
            case Cancelled cancelled -> Optional.of(cancelled.deal);
        };
    }

    /**
     * The amount that a payment has moved.
     *
     * @param reference of the charge, transfer or refund; empty is returned for any that the escrow does not count
     */
    default Optional<Money> movedBy(String reference) {
        return switch (this) {
            case Released released when released.transferId.equals(reference) -> Optional.of(released.deal.net());
            case Refunded refunded when refunded.refundId.equals(reference) -> Optional.of(refunded.deal.amount());
            case Held held -> held.payment.amount(reference, held.deal);
            case Releasing releasing -> releasing.payment.amount(reference, releasing.deal);
            case Released released -> released.payment.amount(reference, released.deal);
            case Refunding refunding -> refunding.payment.amount(reference, refunding.deal);
            case Refunded refunded -> refunded.payment.amount(reference, refunded.deal);
            case NotCreated _, Open _, Funding _, Cancelled _ -> Optional.empty();
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDeal().filter(it -> it.hasParty(accountId)).isPresent();
    }

    default Decision<EscrowEvent, EscrowRejection> decide(EscrowCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case EscrowCommand.Open open -> accept(new Opened(open.deal(), now));
                    case Fund _,
                            DropCharge _,
                            ChargeOutcome _,
                            Release _,
                            Retry _,
                            TransferOutcome _,
                            Cancel _,
                            RefundOutcome _ -> reject(NOT_OPENED);
                };
            case Open open -> ChargeDecisions.decide(open, command, now);
            case Funding funding -> ChargeDecisions.decide(funding, command, now);
            case Held held -> held.handle(command, now);
            case Releasing releasing -> releasing.handle(command, now);
            case Released released -> released.handle(command);
            case Refunding refunding -> refunding.handle(command, now);
            case Refunded refunded -> refunded.handle(command);
            case Cancelled cancelled -> ChargeDecisions.decide(cancelled, command, now);
        };
    }

    default Escrow evolve(EscrowEvent event) {
        return EscrowEvolution.evolve(this, event);
    }
}
