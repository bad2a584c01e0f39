package io.guildhall.domain.escrow;

import io.guildhall.domain.escrow.Escrow.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.How;
import io.guildhall.kernel.CorruptJournalException;
import java.util.Optional;

/** What each event makes of an escrow in each phase. */
final class EscrowEvolution {
    private EscrowEvolution() {}

    static Escrow evolve(Escrow escrow, EscrowEvent event) {
        return switch (escrow) {
            case NotCreated _ ->
                switch (event) {
                    case Opened e -> new Open(e.deal(), 0, Optional.empty());
                    case CalledOff _, ChargeEvent _, TransferEvent _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Open s ->
                switch (event) {
                    case FundingStarted e ->
                        new Funding(
                                s.deal(),
                                PendingCall.asked(e.attempt(), e.at()),
                                e.paymentMethod(),
                                e.request().orElse(""),
                                "",
                                false);
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), ""));
                    case CalledOff _ -> new Off(s.deal(), s.attempts());
                    case Opened _,
                            ActionRequired _,
                            FundingUnknown _,
                            FundingDeclined _,
                            TransferEvent _,
                            RefundEvent _ -> throw new CorruptJournalException(escrow, event);
                };
            case Funding s ->
                switch (event) {
                    case ActionRequired e -> s.now(How.ACTION_REQUIRED, e.paymentId(), e.clientSecret());
                    case FundingUnknown _ -> s.now(How.UNKNOWN, "", "");
                    case FundingDeclined e ->
                        new Open(s.deal(), e.attempt(), Optional.of(new Decline(s.request(), e.code(), e.at())));
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), s.request()));
                    case CalledOff _ -> s.inVain();
                    case Opened _, FundingStarted _, TransferEvent _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Held s ->
                switch (event) {
                    case ReleaseStarted e ->
                        new Releasing(s.deal(), s.payment(), PendingCall.asked(e.attempt(), e.at()));
                    case RefundStarted e ->
                        new Refunding(s.deal(), s.payment(), PendingCall.asked(e.attempt(), e.at()));
                    case Opened _,
                            CalledOff _,
                            ChargeEvent _,
                            ReleaseUnknown _,
                            ReleaseFailed _,
                            ReleaseRetried _,
                            MoneyReleased _,
                            RefundUnknown _,
                            RefundFailed _,
                            MoneyRefunded _ -> throw new CorruptJournalException(escrow, event);
                };
            case Releasing s ->
                switch (event) {
                    case ReleaseUnknown _ -> s.now(s.transfer().now(How.UNKNOWN, ""));
                    case ReleaseFailed e -> s.now(s.transfer().now(How.FAILED, e.why()));
                    case ReleaseRetried e -> s.now(PendingCall.asked(e.attempt(), e.at()));
                    case MoneyReleased e -> new Released(s.deal(), s.payment(), e.transferId());
                    case Opened _, CalledOff _, ChargeEvent _, ReleaseStarted _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Refunding s ->
                switch (event) {
                    case RefundStarted e -> s.now(PendingCall.asked(e.attempt(), e.at()));
                    case RefundUnknown _ -> s.now(s.refund().now(How.UNKNOWN, ""));
                    case RefundFailed e -> s.now(s.refund().now(How.FAILED, e.why()));
                    case MoneyRefunded e -> new Refunded(s.deal(), s.payment(), e.refundId());
                    case Opened _, CalledOff _, ChargeEvent _, TransferEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Off s ->
                switch (event) {
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), ""));
                    case Opened _,
                            CalledOff _,
                            FundingStarted _,
                            ActionRequired _,
                            FundingUnknown _,
                            FundingDeclined _,
                            TransferEvent _,
                            RefundEvent _ -> throw new CorruptJournalException(escrow, event);
                };
            case Released _, Refunded _ -> throw new CorruptJournalException(escrow, event);
        };
    }
}
