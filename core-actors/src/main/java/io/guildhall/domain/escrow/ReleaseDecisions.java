package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.CallDecisions.Payout;
import io.guildhall.domain.escrow.Escrow.Held;
import io.guildhall.domain.escrow.Escrow.Released;
import io.guildhall.domain.escrow.Escrow.Releasing;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import io.guildhall.kernel.Decision.Rejected;
import java.time.Instant;

/**
 * Decides on commands while all money of an escrow is released, and afterwards. A release that the provider refuses can
 * be abandoned, and the money settled in another way. A release that may have succeeded is never abandoned.
 */
final class ReleaseDecisions {
    private ReleaseDecisions() {}

    static Decision<EscrowEvent, EscrowRejection> decide(Releasing escrow, EscrowCommand command, Instant now) {
        var deal = escrow.deal();
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, deal, escrow.payment());
            case Release _ -> accept();
            case Settle settle -> settle(escrow, settle.settlement(), now);
            case RetryTransfer retry -> Payout.whole(deal).retry(retry, escrow.transfer(), now);
            case RetryRefund _ -> accept();
            case SettleTransferOutside outside ->
                CallDecisions.settleOutside(outside, Payout.whole(deal), escrow.transfer(), now);
            case SettleRefundOutside _, Redirect _ -> reject(NOT_STALLED);
            case TransferOutcome outcome -> record(escrow, outcome, now);
            case Cancel _, RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Released escrow, EscrowCommand command) {
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, escrow.deal(), escrow.payment());
            case Settle settle -> settle.settlement().releasesAll() ? accept() : reject(SETTLED_OTHERWISE);
            case SettleTransferOutside _ -> CallDecisions.settledOutside(escrow.transferId());
            case SettleRefundOutside _, Redirect _ -> reject(NOT_STALLED);
            case TransferOutcome outcome -> CallDecisions.recordAfter(outcome, escrow.transferId());
            // A contract can be cancelled after some of its milestones were paid.
            case Release _, RetryCommand _, Cancel _ -> accept();
            case RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> settle(Releasing escrow, Settlement settlement, Instant now) {
        var deal = escrow.deal();
        if (!settlement.divides(deal.amount(), deal.feeBasisPoints())) return reject(DOES_NOT_ADD_UP);
        if (settlement.releasesAll()) return escrow.next().isEmpty() ? accept() : reject(SETTLED_OTHERWISE);
        if (escrow.next().isPresent())
            return escrow.next().get().equals(settlement) ? accept() : reject(SETTLED_OTHERWISE);
        return escrow.transfer().wasRefused()
                ? abandon(escrow, settlement, now)
                : accept(new SettlementPostponed(deal, settlement, now));
    }

    private static Decision<EscrowEvent, EscrowRejection> record(
            Releasing escrow, TransferOutcome outcome, Instant now) {
        var decision = Payout.whole(escrow.deal()).record(outcome, escrow.transfer(), now);
        return escrow.next()
                .filter(_ -> isRefusal(decision))
                .map(it -> decision.and(abandon(escrow, it, now)))
                .orElse(decision);
    }

    private static boolean isRefusal(Decision<EscrowEvent, EscrowRejection> decision) {
        return switch (decision) {
            case Accepted<EscrowEvent, EscrowRejection>(var events) ->
                events.stream().anyMatch(it -> it instanceof ReleaseFailed || it instanceof ReleaseStalled);
            case Rejected<EscrowEvent, EscrowRejection> _ -> false;
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> abandon(
            Releasing escrow, Settlement settlement, Instant now) {
        var deal = escrow.deal();
        int attempt = escrow.transfer().attempt();
        Decision<EscrowEvent, EscrowRejection> abandoned =
                accept(new ReleaseAbandoned(deal, attempt, deal.fee(), deal.net(), now));
        return abandoned.and(SplitDecisions.settle(new Held(deal, escrow.payment(), attempt), settlement, now));
    }
}
