package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.Escrow.Drop;
import io.guildhall.domain.escrow.Escrow.Funding;
import io.guildhall.domain.escrow.Escrow.Payment;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Decision;
import java.time.Instant;
import java.util.Optional;

/** How an escrow decides while it is charged or can be, and what remains to decide about charges afterwards. */
final class ChargeDecisions {
    private ChargeDecisions() {}

    static Decision<EscrowEvent, EscrowRejection> decide(Escrow.Open escrow, EscrowCommand command, Instant now) {
        var deal = escrow.deal();
        return switch (command) {
            case EscrowCommand.Open open -> repeated(open, deal);
            case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund.by(), deal);
            case DropCharge drop when !drop.by().equals(deal.clientId()) -> onlyClientFunds(drop.by(), deal);
            case Fund fund when escrow.wasDeclined(fund.request()) -> accept();
            case Fund fund ->
                accept(new FundingStarted(
                        deal, escrow.attempts() + 1, fund.paymentMethod(), Optional.of(fund.request()), now));
            case ChargeOutcome chargeOutcome
            when !isKnownAttempt(chargeOutcome.attempt(), escrow.attempts()) -> reject(NO_SUCH_ATTEMPT);
            // The provider first reported a decline and then a success: the money is held, not lost.
            case RecordHeld recordHeld -> hold(deal, recordHeld, now);
            case RecordDeclined _, RecordActionRequired _, RecordChargeUnknown _, DropCharge _ -> accept();
            case Cancel _ -> accept(new EscrowEvent.Cancelled(deal, now));
            case Release _,
                    Settle _,
                    RetryCommand _,
                    OutsideCommand _,
                    Redirect _,
                    TransferOutcome _,
                    RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Funding escrow, EscrowCommand command, Instant now) {
        var deal = escrow.deal();
        return switch (command) {
            case EscrowCommand.Open open -> repeated(open, deal);
            case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund.by(), deal);
            case DropCharge dropCharge
            when !dropCharge.by().equals(deal.clientId()) -> onlyClientFunds(dropCharge.by(), deal);
            case Fund _, DropCharge _ when escrow.isCancelled() -> reject(ALREADY_CANCELLED);
            case Fund fund ->
                isRepeated(fund, escrow)
                        ? accept()
                        : drop(escrow, Optional.of(new NextCharge(fund.paymentMethod(), fund.request())), now);
            case DropCharge _ -> drop(escrow, Optional.empty(), now);
            case ChargeOutcome chargeOutcome
            when !isKnownAttempt(chargeOutcome.attempt(), escrow.charge().attempt()) -> reject(NO_SUCH_ATTEMPT);
            case RecordHeld recordHeld when escrow.isCancelled() -> refundImmediately(deal, recordHeld, now);
            // Also for an earlier attempt: the money is held, and the pending charge is cancelled or sent back.
            case RecordHeld recordHeld -> hold(deal, recordHeld, now);
            case ChargeOutcome chargeOutcome
            when chargeOutcome.attempt() < escrow.charge().attempt() -> accept();
            case RecordDeclined recordDeclined -> decline(escrow, recordDeclined, now);
            case RecordActionRequired _ when escrow.charge().status() == Status.ACTION_REQUIRED -> accept();
            case RecordActionRequired recordActionRequired ->
                accept(new ActionRequired(
                        deal,
                        recordActionRequired.attempt(),
                        recordActionRequired.paymentId(),
                        recordActionRequired.clientSecret(),
                        now));
            case RecordChargeUnknown recordChargeUnknown ->
                escrow.charge().status() == Status.REQUESTED
                        ? accept(new FundingUnknown(deal, recordChargeUnknown.attempt(), now))
                        : accept();
            case Cancel _ -> escrow.isCancelled() ? accept() : accept(new EscrowEvent.Cancelled(deal, now));
            case Release _,
                    Settle _,
                    RetryCommand _,
                    OutsideCommand _,
                    Redirect _,
                    TransferOutcome _,
                    RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    private static boolean isRepeated(Fund fund, Funding escrow) {
        return fund.request().equals(escrow.request())
                || (escrow.drop().isEmpty() && fund.paymentMethod().equals(escrow.paymentMethod()));
    }

    /** Drops the charge, which is possible while it waits for the client and cannot succeed without them. */
    private static Decision<EscrowEvent, EscrowRejection> drop(Funding escrow, Optional<NextCharge> next, Instant now) {
        if (escrow.drop().equals(Optional.of(new Drop(next)))) return accept();
        return escrow.charge().status() == Status.ACTION_REQUIRED
                ? accept(new FundingDropped(escrow.deal(), escrow.charge().attempt(), next, now))
                : reject(ALREADY_FUNDING);
    }

    private static Decision<EscrowEvent, EscrowRejection> decline(Funding escrow, RecordDeclined command, Instant now) {
        var deal = escrow.deal();
        var code = escrow.drop().isPresent() ? Escrow.DROPPED : command.code();
        var declined = new FundingDeclined(deal, command.attempt(), code, now);
        if (escrow.isCancelled()) return accept(declined, new EscrowEvent.Cancelled(deal, now));
        return escrow.drop()
                .flatMap(Drop::next)
                .map(it -> Decision.<EscrowEvent, EscrowRejection>accept(
                        declined,
                        new FundingStarted(
                                deal,
                                escrow.charge().attempt() + 1,
                                it.paymentMethod(),
                                Optional.of(it.request()),
                                now)))
                .orElseGet(() -> accept(declined));
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Escrow.Cancelled escrow, EscrowCommand command, Instant now) {
        var deal = escrow.deal();
        return switch (command) {
            case EscrowCommand.Open open -> repeated(open, deal);
            case Fund fund -> rejectAsCancelled(fund.by(), deal);
            case DropCharge dropCharge -> rejectAsCancelled(dropCharge.by(), deal);
            case ChargeOutcome chargeOutcome
            when !isKnownAttempt(chargeOutcome.attempt(), escrow.attempts()) -> reject(NO_SUCH_ATTEMPT);
            case RecordHeld recordHeld -> refundImmediately(deal, recordHeld, now);
            case ChargeOutcome _, Cancel _, RetryCommand _ -> accept();
            case Release _, Settle _, OutsideCommand _, Redirect _, TransferOutcome _, RefundOutcome _ ->
                reject(ALREADY_CANCELLED);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> onlyClientFunds(String by, EscrowDeal deal) {
        return reject(deal.hasParty(by) ? OTHER_PARTY_ONLY : NOT_YOURS);
    }

    static Decision<EscrowEvent, EscrowRejection> rejectAsCancelled(String by, EscrowDeal deal) {
        return reject(deal.hasParty(by) ? ALREADY_CANCELLED : NOT_YOURS);
    }

    /** Handles commands about the charge after the money is held. */
    static Decision<EscrowEvent, EscrowRejection> decideAfterCharge(
            EscrowCommand command, EscrowDeal deal, Payment payment) {
        return switch (command) {
            case EscrowCommand.Open open -> repeated(open, deal);
            case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund.by(), deal);
            case Fund fund -> fund.request().equals(payment.request()) ? accept() : reject(ALREADY_FUNDED);
            case DropCharge drop when !drop.by().equals(deal.clientId()) -> onlyClientFunds(drop.by(), deal);
            case DropCharge _ -> reject(ALREADY_FUNDED);
            case RecordHeld recordHeld when !recordHeld.paymentId().equals(payment.id()) -> reject(SECOND_PAYMENT);
            case ChargeOutcome _ -> accept();
            case Release _,
                    Settle _,
                    RetryCommand _,
                    OutsideCommand _,
                    Redirect _,
                    TransferOutcome _,
                    Cancel _,
                    RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> hold(EscrowDeal deal, RecordHeld command, Instant now) {
        return command.amount().equals(deal.amount())
                ? accept(new MoneyHeld(deal, command.attempt(), command.paymentId(), now))
                : reject(WRONG_AMOUNT);
    }

    /** Records money that arrives after the escrow was cancelled, and starts its refund. */
    private static Decision<EscrowEvent, EscrowRejection> refundImmediately(
            EscrowDeal deal, RecordHeld command, Instant now) {
        return command.amount().equals(deal.amount())
                ? accept(
                        new MoneyHeld(deal, command.attempt(), command.paymentId(), now),
                        new RefundStarted(deal, 1, command.paymentId(), Optional.empty(), now))
                : reject(WRONG_AMOUNT);
    }

    static boolean isKnownAttempt(int attempt, int last) {
        return 1 <= attempt && attempt <= last;
    }

    private static Decision<EscrowEvent, EscrowRejection> repeated(EscrowCommand.Open command, EscrowDeal deal) {
        return command.deal().equals(deal) ? accept() : reject(EXISTS_WITH_OTHER_TERMS);
    }
}
