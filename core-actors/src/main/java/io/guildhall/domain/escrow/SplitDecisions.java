package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.CallDecisions.Payout;
import io.guildhall.domain.escrow.CallDecisions.Repayment;
import io.guildhall.domain.escrow.Escrow.Held;
import io.guildhall.domain.escrow.Escrow.Split;
import io.guildhall.domain.escrow.Escrow.Splitting;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import io.guildhall.kernel.Decision.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How held money is divided between the parties. A split is a refund and a release, each a call to the provider with its
 * own attempts: one that fails does not delay the other.
 */
final class SplitDecisions {
    private SplitDecisions() {}

    /** Starts to settle held money: by a refund, a release or a split. */
    static Decision<EscrowEvent, EscrowRejection> settle(Held escrow, Settlement settlement, Instant now) {
        var deal = escrow.deal();
        if (!settlement.divides(deal.amount(), deal.feeBasisPoints())) return reject(DOES_NOT_ADD_UP);
        if (settlement.refundsAll())
            return accept(Repayment.whole(deal, escrow.payment()).start(1, now));
        int transfer = escrow.abandoned() + 1;
        if (settlement.releasesAll()) return accept(Payout.whole(deal).start(transfer, now));
        return accept(
                new SplitStarted(deal, settlement, now),
                Repayment.part(deal, escrow.payment(), settlement).start(1, now),
                Payout.part(deal, settlement).start(transfer, now));
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Splitting escrow, EscrowCommand command, Instant now) {
        var deal = escrow.deal();
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, deal, escrow.payment());
            case Settle settle -> repeated(settle, escrow.settlement());
            case Redirect redirect -> RedirectDecisions.start(escrow, redirect, now);
            case RetryRefund _ -> retryRefund(escrow, now);
            case RetryTransfer retry -> retryTransfer(retry, escrow, now);
            case SettleTransferOutside outside ->
                escrow.transferId()
                        .map(CallDecisions::settledOutside)
                        .orElseGet(() -> completing(
                                escrow,
                                CallDecisions.settleOutside(outside, payout(escrow), escrow.transfer(), now),
                                escrow.refundId(),
                                now));
            case SettleRefundOutside outside ->
                escrow.refundId()
                        .map(CallDecisions::settledOutside)
                        .orElseGet(() -> completing(
                                escrow,
                                CallDecisions.settleOutside(outside, repayment(escrow), escrow.refund(), now),
                                escrow.transferId(),
                                now));
            case TransferOutcome outcome when outcome.attempt() <= escrow.abandoned() -> recordAbandoned(outcome);
            case TransferOutcome outcome ->
                escrow.transferId()
                        .map(it -> CallDecisions.recordAfter(outcome, it))
                        .orElseGet(() -> completing(
                                escrow,
                                payout(escrow).record(outcome, escrow.transfer(), now),
                                escrow.refundId(),
                                now));
            case RefundOutcome outcome ->
                escrow.refundId()
                        .map(it -> CallDecisions.recordAfter(outcome, it))
                        .orElseGet(() -> completing(
                                escrow,
                                repayment(escrow).record(outcome, escrow.refund(), now),
                                escrow.transferId(),
                                now));
            case Release _ -> reject(SETTLED_OTHERWISE);
            case Cancel _ -> reject(NOT_HELD);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Split escrow, EscrowCommand command) {
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, escrow.deal(), escrow.payment());
            case Settle settle -> repeated(settle, escrow.settlement());
            case RetryCommand _, Cancel _ -> accept();
            case SettleTransferOutside _ -> CallDecisions.settledOutside(escrow.transferId());
            case SettleRefundOutside _ -> CallDecisions.settledOutside(escrow.refundId());
            case Redirect _ -> reject(NOT_STALLED);
            case TransferOutcome outcome -> CallDecisions.recordAfter(outcome, escrow.transferId());
            case RefundOutcome outcome -> CallDecisions.recordAfter(outcome, escrow.refundId());
            case Release _ -> reject(SETTLED_OTHERWISE);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> repeated(Settle command, Settlement settlement) {
        return command.settlement().equals(settlement) ? accept() : reject(SETTLED_OTHERWISE);
    }

    private static Decision<EscrowEvent, EscrowRejection> retryRefund(Splitting escrow, Instant now) {
        return escrow.refundId().isPresent() ? accept() : repayment(escrow).retry(escrow.refund(), now);
    }

    private static Decision<EscrowEvent, EscrowRejection> retryTransfer(
            RetryTransfer command, Splitting escrow, Instant now) {
        return escrow.transferId().isPresent() ? accept() : payout(escrow).retry(command, escrow.transfer(), now);
    }

    private static Repayment repayment(Splitting escrow) {
        return Repayment.part(escrow.deal(), escrow.payment(), escrow.settlement());
    }

    private static Payout payout(Splitting escrow) {
        return Payout.part(escrow.deal(), escrow.settlement());
    }

    /**
     * An abandoned transfer that succeeds after all: the money is divided without it, so its amount is moved a second
     * time.
     */
    static Decision<EscrowEvent, EscrowRejection> recordAbandoned(TransferOutcome outcome) {
        return switch (outcome) {
            case RecordReleased _ -> reject(SECOND_PAYMENT);
            case RecordReleaseFailed _, RecordReleaseUnknown _, RecordReleaseWithheld _ -> accept();
        };
    }

    /** Completes the split if this was the last of the two movements. */
    private static Decision<EscrowEvent, EscrowRejection> completing(
            Splitting escrow, Decision<EscrowEvent, EscrowRejection> decision, Optional<String> other, Instant now) {
        return switch (decision) {
            case Accepted<EscrowEvent, EscrowRejection>(var events)
            when other.isPresent() && isSettling(events) ->
                decision.and(accept(new SplitCompleted(escrow.deal(), escrow.settlement(), now)));
            case Accepted<EscrowEvent, EscrowRejection> _, Rejected<EscrowEvent, EscrowRejection> _ -> decision;
        };
    }

    static boolean isSettling(List<EscrowEvent> events) {
        return events.stream().anyMatch(it -> switch (it) {
            case MoneyEvent _, OutsideEvent _ -> true;
            case CallEvent _, SplitEvent _, Opened _, EscrowEvent.Cancelled _ -> false;
        });
    }
}
