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
                    case Opened e -> new Open(e.deal(), 0, Optional.empty());
                    case EscrowEvent.CalledOff _, ChargeEvent _, TransferEvent _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Open s ->
                switch (event) {
                    case FundingStarted e ->
                        new Funding(
                                s.deal(),
                                PendingCall.started(e.attempt(), e.at()),
                                e.paymentMethod(),
                                e.request().orElse(""),
                                "",
                                false);
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), ""));
                    case EscrowEvent.CalledOff _ -> new Escrow.CalledOff(s.deal(), s.attempts());
                    case Opened _,
                            ActionRequired _,
                            FundingUnknown _,
                            FundingDeclined _,
                            TransferEvent _,
                            RefundEvent _ -> throw new CorruptJournalException(escrow, event);
                };
            case Funding s ->
                switch (event) {
                    case ActionRequired e -> s.with(Status.ACTION_REQUIRED, e.paymentId(), e.clientSecret());
                    case FundingUnknown _ -> s.with(Status.UNKNOWN, "", "");
                    case FundingDeclined e ->
                        new Open(s.deal(), e.attempt(), Optional.of(new Decline(s.request(), e.code(), e.at())));
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), s.request()));
                    case EscrowEvent.CalledOff _ -> s.withCalledOff();
                    case Opened _, FundingStarted _, TransferEvent _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Held s ->
                switch (event) {
                    case ReleaseStarted e ->
                        new Releasing(s.deal(), s.payment(), PendingCall.started(e.attempt(), e.at()));
                    case RefundStarted e ->
                        new Refunding(s.deal(), s.payment(), PendingCall.started(e.attempt(), e.at()));
                    case Opened _,
                            EscrowEvent.CalledOff _,
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
                    case ReleaseUnknown _ -> s.with(s.transfer().with(Status.UNKNOWN, ""));
                    case ReleaseFailed e -> s.with(s.transfer().with(Status.FAILED, e.why()));
                    case ReleaseRetried e -> s.with(PendingCall.started(e.attempt(), e.at()));
                    case MoneyReleased e -> new Released(s.deal(), s.payment(), e.transferId());
                    case Opened _, EscrowEvent.CalledOff _, ChargeEvent _, ReleaseStarted _, RefundEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Refunding s ->
                switch (event) {
                    case RefundStarted e -> s.with(PendingCall.started(e.attempt(), e.at()));
                    case RefundUnknown _ -> s.with(s.refund().with(Status.UNKNOWN, ""));
                    case RefundFailed e -> s.with(s.refund().with(Status.FAILED, e.why()));
                    case MoneyRefunded e -> new Refunded(s.deal(), s.payment(), e.refundId());
                    case Opened _, EscrowEvent.CalledOff _, ChargeEvent _, TransferEvent _ ->
                        throw new CorruptJournalException(escrow, event);
                };
            case Escrow.CalledOff s ->
                switch (event) {
                    case MoneyHeld e -> new Held(s.deal(), new Payment(e.paymentId(), ""));
                    case Opened _,
                            EscrowEvent.CalledOff _,
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
