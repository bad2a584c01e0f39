package io.guildhall.domain.escrow;

import io.guildhall.domain.escrow.Escrow.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.CorruptJournalException;
import java.util.Optional;

/** The next phase of an escrow, for each phase and event. */
final class EscrowEvolution {
    private EscrowEvolution() {}

    static Escrow evolve(Escrow escrow, EscrowEvent event) {
        return switch (escrow) {
            case NotCreated _ ->
                switch (event) {
                    case Opened opened -> new Open(opened.deal(), 0, Optional.empty());
                    case EscrowEvent.Cancelled _, ChargeEvent _, TransferEvent _, RefundEvent _, SplitEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Open open ->
                switch (event) {
                    case FundingStarted fundingStarted ->
                        new Funding(
                                open.deal(),
                                PendingCall.started(fundingStarted.attempt(), fundingStarted.at()),
                                fundingStarted.paymentMethod(),
                                fundingStarted.request().orElse(""),
                                "",
                                Optional.empty(),
                                false);
                    case MoneyHeld moneyHeld -> new Held(open.deal(), new Payment(moneyHeld.paymentId(), ""), 0);
                    case EscrowEvent.Cancelled _ -> new Escrow.Cancelled(open.deal(), open.attempts());
                    case Opened _,
                            ActionRequired _,
                            FundingDropped _,
                            FundingUnknown _,
                            FundingDeclined _,
                            TransferEvent _,
                            RefundEvent _,
                            SplitEvent _ -> throw new CorruptJournalException(escrow, event);
                };
            case Funding funding ->
                switch (event) {
                    case ActionRequired actionRequired ->
                        funding.with(Status.ACTION_REQUIRED, actionRequired.paymentId(), actionRequired.clientSecret());
                    case FundingDropped fundingDropped -> funding.withDrop(fundingDropped.next());
                    case FundingUnknown _ -> funding.with(Status.UNKNOWN, "", "");
                    case FundingDeclined fundingDeclined ->
                        new Open(
                                funding.deal(),
                                fundingDeclined.attempt(),
                                Optional.of(
                                        new Decline(funding.request(), fundingDeclined.code(), fundingDeclined.at())));
                    case MoneyHeld moneyHeld ->
                        new Held(
                                funding.deal(),
                                new Payment(
                                        moneyHeld.paymentId(),
                                        funding.charge().isAttempt(moneyHeld.attempt()) ? funding.request() : ""),
                                0);
                    case EscrowEvent.Cancelled _ -> funding.withCancelled();
                    case Opened _, FundingStarted _, TransferEvent _, RefundEvent _, SplitEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Held held ->
                switch (event) {
                    case ReleaseStarted releaseStarted ->
                        new Releasing(
                                held.deal(),
                                held.payment(),
                                PendingCall.started(releaseStarted.attempt(), releaseStarted.at()),
                                Optional.empty());
                    case RefundStarted refundStarted ->
                        new Refunding(
                                held.deal(),
                                held.payment(),
                                PendingCall.started(refundStarted.attempt(), refundStarted.at()));
                    case SplitStarted splitStarted ->
                        new Splitting(
                                held.deal(),
                                held.payment(),
                                splitStarted.settlement(),
                                held.abandoned(),
                                PendingCall.started(1, splitStarted.at()),
                                Optional.empty(),
                                PendingCall.started(held.abandoned() + 1, splitStarted.at()),
                                Optional.empty());
                    case Opened _,
                            EscrowEvent.Cancelled _,
                            ChargeEvent _,
                            SettlementPostponed _,
                            SplitRedirected _,
                            SplitCompleted _,
                            ReleaseUnknown _,
                            ReleaseFailed _,
                            ReleaseStalled _,
                            ReleaseRetried _,
                            ReleaseAbandoned _,
                            ReleaseSettledOutside _,
                            MoneyReleased _,
                            RefundUnknown _,
                            RefundFailed _,
                            RefundStalled _,
                            RefundSettledOutside _,
                            MoneyRefunded _ -> throw new CorruptJournalException(escrow, event);
                };
            case Releasing releasing ->
                switch (event) {
                    case ReleaseUnknown _ -> releasing.with(releasing.transfer().with(Status.UNKNOWN, ""));
                    case ReleaseFailed releaseFailed ->
                        releasing.with(releasing.transfer().with(Status.FAILED, releaseFailed.why()));
                    case ReleaseStalled releaseStalled ->
                        releasing.with(releasing.transfer().with(Status.STALLED, releaseStalled.why()));
                    case ReleaseRetried releaseRetried -> releasing.with(PendingCall.retried(releaseRetried));
                    case MoneyReleased moneyReleased ->
                        new Released(releasing.deal(), releasing.payment(), moneyReleased.transferId());
                    case ReleaseSettledOutside _ -> new Released(releasing.deal(), releasing.payment(), Escrow.OUTSIDE);
                    case SettlementPostponed postponed -> releasing.withNext(postponed.settlement());
                    case ReleaseAbandoned abandoned ->
                        new Held(releasing.deal(), releasing.payment(), abandoned.attempt());
                    case Opened _,
                            EscrowEvent.Cancelled _,
                            ChargeEvent _,
                            ReleaseStarted _,
                            RefundEvent _,
                            SplitStarted _,
                            SplitRedirected _,
                            SplitCompleted _ -> throw new CorruptJournalException(escrow, event);
                };
            case Refunding refunding ->
                switch (event) {
                    case RefundStarted refundStarted ->
                        refunding.with(PendingCall.started(refundStarted.attempt(), refundStarted.at()));
                    case RefundUnknown _ -> refunding.with(refunding.refund().with(Status.UNKNOWN, ""));
                    case RefundFailed refundFailed ->
                        refunding.with(refunding.refund().with(Status.FAILED, refundFailed.why()));
                    case RefundStalled refundStalled ->
                        refunding.with(refunding.refund().with(Status.STALLED, refundStalled.why()));
                    case MoneyRefunded moneyRefunded ->
                        new Refunded(refunding.deal(), refunding.payment(), moneyRefunded.refundId());
                    case RefundSettledOutside _ -> new Refunded(refunding.deal(), refunding.payment(), Escrow.OUTSIDE);
                    case Opened _, EscrowEvent.Cancelled _, ChargeEvent _, TransferEvent _, SplitEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Escrow.Cancelled cancelled ->
                switch (event) {
                    case MoneyHeld moneyHeld -> new Held(cancelled.deal(), new Payment(moneyHeld.paymentId(), ""), 0);
                    case Opened _,
                            EscrowEvent.Cancelled _,
                            FundingStarted _,
                            ActionRequired _,
                            FundingDropped _,
                            FundingUnknown _,
                            FundingDeclined _,
                            TransferEvent _,
                            RefundEvent _,
                            SplitEvent _ -> throw new CorruptJournalException(escrow, event);
                };
            case Splitting splitting -> evolve(splitting, event);
            case Redirecting redirecting -> evolve(redirecting, event);
            case Released _, Refunded _, Split _ -> throw new CorruptJournalException(escrow, event);
            case Redirected redirected ->
                switch (event) {
                    case SplitCompleted _ -> redirected;
                    case Opened _,
                            EscrowEvent.Cancelled _,
                            ChargeEvent _,
                            TransferEvent _,
                            RefundEvent _,
                            SplitStarted _,
                            SplitRedirected _,
                            SettlementPostponed _ -> throw new CorruptJournalException(escrow, event);
                };
        };
    }

    private static Escrow evolve(Splitting escrow, EscrowEvent event) {
        return switch (event) {
            case RefundStarted it -> escrow.withRefund(PendingCall.started(it.attempt(), it.at()));
            case RefundUnknown _ -> escrow.withRefund(escrow.refund().with(Status.UNKNOWN, ""));
            case RefundFailed it -> escrow.withRefund(escrow.refund().with(Status.FAILED, it.why()));
            case RefundStalled it -> escrow.withRefund(escrow.refund().with(Status.STALLED, it.why()));
            case MoneyRefunded it -> escrow.refunded(it.refundId());
            case RefundSettledOutside _ -> escrow.refunded(Escrow.OUTSIDE);
            case ReleaseStarted it -> escrow.withTransfer(PendingCall.started(it.attempt(), it.at()));
            case ReleaseRetried it -> escrow.withTransfer(PendingCall.retried(it));
            case ReleaseUnknown _ -> escrow.withTransfer(escrow.transfer().with(Status.UNKNOWN, ""));
            case ReleaseFailed it -> escrow.withTransfer(escrow.transfer().with(Status.FAILED, it.why()));
            case ReleaseStalled it -> escrow.withTransfer(escrow.transfer().with(Status.STALLED, it.why()));
            case MoneyReleased it -> escrow.released(it.transferId());
            case ReleaseSettledOutside _ -> escrow.released(Escrow.OUTSIDE);
            // The redirection follows.
            case ReleaseAbandoned _ -> escrow;
            case SplitRedirected it ->
                new Redirecting(escrow, it.settlement().refundsAll() ? escrow.refund() : escrow.transfer());
            case SplitCompleted _ ->
                new Split(
                        escrow.deal(),
                        escrow.payment(),
                        escrow.settlement(),
                        escrow.refundId().orElseThrow(() -> new CorruptJournalException(escrow, event)),
                        escrow.transferId().orElseThrow(() -> new CorruptJournalException(escrow, event)));
            case Opened _, EscrowEvent.Cancelled _, ChargeEvent _, SplitStarted _, SettlementPostponed _ ->
                throw new CorruptJournalException(escrow, event);
        };
    }

    private static Escrow evolve(Redirecting escrow, EscrowEvent event) {
        return switch (event) {
            case RefundStarted it -> escrow.with(PendingCall.started(it.attempt(), it.at()));
            case RefundUnknown _, ReleaseUnknown _ -> escrow.with(escrow.call().with(Status.UNKNOWN, ""));
            case RefundFailed it -> escrow.with(escrow.call().with(Status.FAILED, it.why()));
            case RefundStalled it -> escrow.with(escrow.call().with(Status.STALLED, it.why()));
            case ReleaseStarted it -> escrow.with(PendingCall.started(it.attempt(), it.at()));
            case ReleaseRetried it -> escrow.with(PendingCall.retried(it));
            case ReleaseFailed it -> escrow.with(escrow.call().with(Status.FAILED, it.why()));
            case ReleaseStalled it -> escrow.with(escrow.call().with(Status.STALLED, it.why()));
            case MoneyRefunded it -> new Redirected(escrow, it.refundId());
            case MoneyReleased it -> new Redirected(escrow, it.transferId());
            case RefundSettledOutside _, ReleaseSettledOutside _ -> new Redirected(escrow, Escrow.OUTSIDE);
            case Opened _,
                    EscrowEvent.Cancelled _,
                    ChargeEvent _,
                    SplitStarted _,
                    SplitRedirected _,
                    SplitCompleted _,
                    SettlementPostponed _,
                    ReleaseAbandoned _ -> throw new CorruptJournalException(escrow, event);
        };
    }
}
