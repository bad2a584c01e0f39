package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.Escrow.Payment;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/** Decides on the outcomes of transfers and refunds, of all held money or a part of it. */
final class CallDecisions {
    private CallDecisions() {}

    /**
     * The release of the held money, or of a part of it.
     *
     * @param part the net amount, if it is only a part of the held money
     */
    record Payout(EscrowDeal deal, Money fee, Money net, Optional<Money> part) {
        static Payout whole(EscrowDeal deal) {
            return new Payout(deal, deal.fee(), deal.net(), Optional.empty());
        }

        static Payout part(EscrowDeal deal, Settlement settlement) {
            var net = settlement.net(deal.feeBasisPoints());
            return new Payout(deal, settlement.fee(deal.feeBasisPoints()), net, Optional.of(net));
        }

        ReleaseStarted start(int attempt, Instant now) {
            return new ReleaseStarted(deal, attempt, fee, net, now);
        }

        Decision<EscrowEvent, EscrowRejection> retry(RetryTransfer command, PendingCall transfer, Instant now) {
            return transfer.wasRefused()
                    ? accept(new ReleaseRetried(deal, transfer.attempt() + 1, net, command.by(), now))
                    : accept();
        }

        Decision<EscrowEvent, EscrowRejection> record(TransferOutcome outcome, PendingCall transfer, Instant now) {
            if (!ChargeDecisions.isKnownAttempt(outcome.attempt(), transfer.attempt())) return reject(NO_SUCH_ATTEMPT);
            boolean isOutdated = !transfer.isAttempt(outcome.attempt()) || transfer.wasRefused();
            return switch (outcome) {
                case RecordReleased released when !released.amount().equals(net) -> reject(WRONG_AMOUNT);
                case RecordReleased released -> accept(new MoneyReleased(deal, fee, net, released.transferId(), now));
                case RecordReleaseWithheld it -> withhold(it, transfer, now);
                case RecordReleaseFailed _, RecordReleaseUnknown _ when isOutdated -> accept();
                case RecordReleaseFailed it -> {
                    var failed = new ReleaseFailed(deal, it.attempt(), it.error(), now);
                    yield PendingCall.isLastAutomatic(it.attempt())
                            ? accept(failed, new ReleaseStalled(deal, it.attempt(), it.error(), part, now))
                            : accept(failed);
                }
                case RecordReleaseUnknown it ->
                    transfer.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new ReleaseUnknown(deal, it.attempt(), now));
            };
        }

        private Decision<EscrowEvent, EscrowRejection> withhold(
                RecordReleaseWithheld command, PendingCall transfer, Instant now) {
            boolean isKnown =
                    transfer.status() == Status.STALLED && transfer.detail().equals(command.reason());
            return isKnown || !transfer.isAttempt(command.attempt())
                    ? accept()
                    : accept(new ReleaseStalled(deal, command.attempt(), command.reason(), part, now));
        }
    }

    /** Ends a transfer that the provider refuses at every attempt. */
    static Decision<EscrowEvent, EscrowRejection> settleOutside(
            SettleTransferOutside command, Payout payout, PendingCall transfer, Instant now) {
        return transfer.status() == Status.STALLED
                ? accept(new ReleaseSettledOutside(
                        payout.deal, transfer.attempt(), command.by(), command.note(), payout.part, now))
                : reject(NOT_STALLED);
    }

    /** Ends a refund that the provider refuses at every attempt. */
    static Decision<EscrowEvent, EscrowRejection> settleOutside(
            SettleRefundOutside command, Repayment repayment, PendingCall refund, Instant now) {
        return refund.status() == Status.STALLED
                ? accept(new RefundSettledOutside(
                        repayment.deal, refund.attempt(), command.by(), command.note(), repayment.part, now))
                : reject(NOT_STALLED);
    }

    /** @param reference of the payment that has settled the call; a repeated command is accepted */
    static Decision<EscrowEvent, EscrowRejection> settledOutside(String reference) {
        return reference.equals(Escrow.OUTSIDE) ? accept() : reject(NOT_STALLED);
    }

    /** Decides on an outcome that arrives after the transfer has succeeded. */
    static Decision<EscrowEvent, EscrowRejection> recordAfter(TransferOutcome outcome, String transferId) {
        return switch (outcome) {
            case RecordReleased released when !released.transferId().equals(transferId) -> reject(SECOND_PAYMENT);
            case RecordReleased _, RecordReleaseFailed _, RecordReleaseUnknown _, RecordReleaseWithheld _ -> accept();
        };
    }

    /**
     * The refund of the held money, or of a part of it.
     *
     * @param part the amount, if it is only a part of the held money
     */
    record Repayment(EscrowDeal deal, Payment payment, Optional<Money> part) {
        static Repayment whole(EscrowDeal deal, Payment payment) {
            return new Repayment(deal, payment, Optional.empty());
        }

        static Repayment part(EscrowDeal deal, Payment payment, Settlement settlement) {
            return new Repayment(deal, payment, Optional.of(settlement.refund()));
        }

        RefundStarted start(int attempt, Instant now) {
            return new RefundStarted(deal, attempt, payment.id(), part, now);
        }

        Decision<EscrowEvent, EscrowRejection> retry(PendingCall refund, Instant now) {
            return refund.wasRefused() ? accept(start(refund.attempt() + 1, now)) : accept();
        }

        Decision<EscrowEvent, EscrowRejection> record(RefundOutcome outcome, PendingCall refund, Instant now) {
            if (!ChargeDecisions.isKnownAttempt(outcome.attempt(), refund.attempt())) return reject(NO_SUCH_ATTEMPT);
            boolean isOutdated = !refund.isAttempt(outcome.attempt()) || refund.wasRefused();
            return switch (outcome) {
                case RecordRefunded refunded
                when !refunded.amount().equals(part.orElseGet(deal::amount)) -> reject(WRONG_AMOUNT);
                case RecordRefunded refunded -> accept(new MoneyRefunded(deal, refunded.refundId(), part, now));
                case RecordRefundFailed _, RecordRefundUnknown _ when isOutdated -> accept();
                case RecordRefundFailed it -> {
                    var failed = new RefundFailed(deal, it.attempt(), it.error(), now);
                    yield PendingCall.isLastAutomatic(it.attempt())
                            ? accept(failed, new RefundStalled(deal, it.attempt(), it.error(), part, now))
                            : accept(failed);
                }
                case RecordRefundUnknown it ->
                    refund.status() == Status.UNKNOWN ? accept() : accept(new RefundUnknown(deal, it.attempt(), now));
            };
        }
    }

    /** After the refund has succeeded. */
    static Decision<EscrowEvent, EscrowRejection> recordAfter(RefundOutcome outcome, String refundId) {
        return switch (outcome) {
            case RecordRefunded refunded when !refunded.refundId().equals(refundId) -> reject(SECOND_PAYMENT);
            case RecordRefunded _, RecordRefundFailed _, RecordRefundUnknown _ -> accept();
        };
    }
}
