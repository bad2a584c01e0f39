package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.CallDecisions.Payout;
import io.guildhall.domain.escrow.CallDecisions.Repayment;
import io.guildhall.domain.escrow.Escrow.Redirected;
import io.guildhall.domain.escrow.Escrow.Redirecting;
import io.guildhall.domain.escrow.Escrow.Splitting;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import io.guildhall.kernel.Decision.Rejected;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a part of a split that the provider refuses goes to the other party. Its call has the attempts after those
 * of the part that this party has got already.
 */
final class RedirectDecisions {
    private RedirectDecisions() {}

    /** A part can be redirected if the provider refuses it at every attempt, and the other part was moved. */
    static Decision<EscrowEvent, EscrowRejection> start(Splitting escrow, Redirect command, Instant now) {
        if (escrow.deal().hasParty(command.by())) return reject(OWN_CONTRACT);
        return switch (command.to()) {
            case CLIENT ->
                escrow.refundId().isPresent() && escrow.transfer().status() == Status.STALLED
                        ? redirectToClient(escrow, command, now)
                        : reject(NOT_STALLED);
            case FREELANCER ->
                escrow.transferId().isPresent() && escrow.refund().status() == Status.STALLED
                        ? redirectToFreelancer(escrow, command, now)
                        : reject(NOT_STALLED);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> redirectToClient(
            Splitting escrow, Redirect command, Instant now) {
        var deal = escrow.deal();
        var next = new Redirecting(escrow, escrow.refund());
        return accept(
                new ReleaseAbandoned(
                        deal,
                        escrow.transfer().attempt(),
                        escrow.settlement().fee(deal.feeBasisPoints()),
                        escrow.net(),
                        now),
                redirected(escrow, next, escrow.settlement().release(), command, now),
                repayment(next).start(escrow.refund().attempt() + 1, now));
    }

    private static Decision<EscrowEvent, EscrowRejection> redirectToFreelancer(
            Splitting escrow, Redirect command, Instant now) {
        var next = new Redirecting(escrow, escrow.transfer());
        // The fee can leave nothing of a small part.
        if (next.moved().amount() <= 0) return reject(DOES_NOT_ADD_UP);
        return accept(
                redirected(escrow, next, escrow.settlement().refund(), command, now),
                payout(next).start(escrow.transfer().attempt() + 1, now));
    }

    private static SplitRedirected redirected(
            Splitting escrow, Redirecting next, Money amount, Redirect command, Instant now) {
        return new SplitRedirected(escrow.deal(), amount, next.settlement(), command.by(), command.reason(), now);
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Redirecting escrow, EscrowCommand command, Instant now) {
        var split = escrow.split();
        var deal = split.deal();
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, deal, split.payment());
            case Settle settle -> SplitDecisions.repeated(settle, escrow.settlement());
            case Redirect redirect -> repeated(redirect, escrow);
            case RetryRefund _ -> escrow.goesToClient() ? repayment(escrow).retry(escrow.call(), now) : accept();
            case RetryTransfer retry ->
                escrow.goesToClient() ? accept() : payout(escrow).retry(retry, escrow.call(), now);
            case SettleRefundOutside outside ->
                escrow.goesToClient()
                        ? completing(
                                escrow,
                                CallDecisions.settleOutside(outside, repayment(escrow), escrow.call(), now),
                                now)
                        : reject(NOT_STALLED);
            case SettleTransferOutside outside ->
                escrow.goesToClient()
                        ? reject(NOT_STALLED)
                        : completing(
                                escrow, CallDecisions.settleOutside(outside, payout(escrow), escrow.call(), now), now);
            case RefundOutcome outcome ->
                recordEarlier(split, outcome)
                        .orElseGet(() -> escrow.goesToClient()
                                ? completing(escrow, repayment(escrow).record(outcome, escrow.call(), now), now)
                                : reject(NO_SUCH_ATTEMPT));
            case TransferOutcome outcome ->
                recordEarlier(split, outcome)
                        .orElseGet(() -> escrow.goesToClient()
                                ? reject(NO_SUCH_ATTEMPT)
                                : completing(escrow, payout(escrow).record(outcome, escrow.call(), now), now));
            case Release _ -> reject(SETTLED_OTHERWISE);
            case Cancel _ -> reject(NOT_HELD);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Redirected escrow, EscrowCommand command) {
        var last = escrow.last();
        var split = last.split();
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                ChargeDecisions.decideAfterCharge(command, escrow.deal(), split.payment());
            case Settle settle -> SplitDecisions.repeated(settle, last.settlement());
            case Redirect redirect -> repeated(redirect, last);
            case RetryCommand _, Cancel _ -> accept();
            case SettleRefundOutside _ ->
                last.goesToClient() ? CallDecisions.settledOutside(escrow.reference()) : reject(NOT_STALLED);
            case SettleTransferOutside _ ->
                last.goesToClient() ? reject(NOT_STALLED) : CallDecisions.settledOutside(escrow.reference());
            case RefundOutcome outcome ->
                recordEarlier(split, outcome)
                        .orElseGet(() -> last.goesToClient()
                                ? CallDecisions.recordAfter(outcome, escrow.reference())
                                : reject(NO_SUCH_ATTEMPT));
            case TransferOutcome outcome ->
                recordEarlier(split, outcome)
                        .orElseGet(() -> last.goesToClient()
                                ? reject(NO_SUCH_ATTEMPT)
                                : CallDecisions.recordAfter(outcome, escrow.reference()));
            case Release _ -> reject(SETTLED_OTHERWISE);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> repeated(Redirect command, Redirecting escrow) {
        if (escrow.split().deal().hasParty(command.by())) return reject(OWN_CONTRACT);
        return (command.to() == Recipient.CLIENT) == escrow.goesToClient() ? accept() : reject(SETTLED_OTHERWISE);
    }

    private static Repayment repayment(Redirecting escrow) {
        var split = escrow.split();
        return Repayment.part(split.deal(), split.payment(), escrow.part());
    }

    private static Payout payout(Redirecting escrow) {
        return Payout.part(escrow.split().deal(), escrow.part());
    }

    /** An outcome that belongs to a refund of the split. */
    private static Optional<Decision<EscrowEvent, EscrowRejection>> recordEarlier(
            Splitting split, RefundOutcome outcome) {
        if (outcome.attempt() > split.refund().attempt()) return Optional.empty();
        return Optional.of(split.refundId()
                .map(it -> CallDecisions.recordAfter(outcome, it))
                .orElseGet(() -> recordAbandoned(outcome)));
    }

    /** An outcome that belongs to a transfer of the split, or to one that was abandoned before it. */
    private static Optional<Decision<EscrowEvent, EscrowRejection>> recordEarlier(
            Splitting split, TransferOutcome outcome) {
        if (outcome.attempt() > split.transfer().attempt()) return Optional.empty();
        return Optional.of(split.transferId()
                .filter(_ -> outcome.attempt() > split.abandoned())
                .map(it -> CallDecisions.recordAfter(outcome, it))
                .orElseGet(() -> SplitDecisions.recordAbandoned(outcome)));
    }

    /** An abandoned refund that succeeds after all has moved its amount a second time. */
    private static Decision<EscrowEvent, EscrowRejection> recordAbandoned(RefundOutcome outcome) {
        return switch (outcome) {
            case RecordRefunded _ -> reject(SECOND_PAYMENT);
            case RecordRefundFailed _, RecordRefundUnknown _ -> accept();
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> completing(
            Redirecting escrow, Decision<EscrowEvent, EscrowRejection> decision, Instant now) {
        return switch (decision) {
            case Accepted<EscrowEvent, EscrowRejection>(var events)
            when SplitDecisions.isSettling(events) ->
                decision.and(accept(new SplitCompleted(escrow.split().deal(), escrow.settlement(), now)));
            case Accepted<EscrowEvent, EscrowRejection> _, Rejected<EscrowEvent, EscrowRejection> _ -> decision;
        };
    }
}
