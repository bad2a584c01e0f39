package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.CallDecisions.Repayment;
import io.guildhall.domain.escrow.Escrow.Refunded;
import io.guildhall.domain.escrow.Escrow.Refunding;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.kernel.Decision;
import java.time.Instant;

/** Decides on commands while all money of an escrow is refunded, and afterwards. */
final class RefundDecisions {
    private RefundDecisions() {}

    static Decision<EscrowEvent, EscrowRejection> decide(Refunding escrow, EscrowCommand command, Instant now) {
        var repayment = Repayment.whole(escrow.deal(), escrow.payment());
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                decideAfterCharge(command, escrow.deal(), escrow.payment());
            case Settle settle -> settle.settlement().refundsAll() ? accept() : reject(SETTLED_OTHERWISE);
            case Cancel _, RetryTransfer _ -> accept();
            case RetryRefund _ -> repayment.retry(escrow.refund(), now);
            case RefundOutcome outcome -> repayment.record(outcome, escrow.refund(), now);
            case SettleRefundOutside outside -> CallDecisions.settleOutside(outside, repayment, escrow.refund(), now);
            case SettleTransferOutside _, Redirect _ -> reject(NOT_STALLED);
            case TransferOutcome outcome -> recordTransfer(outcome);
            case Release _ -> reject(ALREADY_CANCELLED);
        };
    }

    static Decision<EscrowEvent, EscrowRejection> decide(Refunded escrow, EscrowCommand command) {
        return switch (command) {
            case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                decideAfterCharge(command, escrow.deal(), escrow.payment());
            case Settle settle -> settle.settlement().refundsAll() ? accept() : reject(SETTLED_OTHERWISE);
            case RefundOutcome outcome -> CallDecisions.recordAfter(outcome, escrow.refundId());
            case SettleRefundOutside _ -> CallDecisions.settledOutside(escrow.refundId());
            case SettleTransferOutside _, Redirect _ -> reject(NOT_STALLED);
            case Cancel _, RetryCommand _ -> accept();
            case TransferOutcome outcome -> recordTransfer(outcome);
            case Release _ -> reject(ALREADY_CANCELLED);
        };
    }

    private static Decision<EscrowEvent, EscrowRejection> decideAfterCharge(
            EscrowCommand command, EscrowDeal deal, Escrow.Payment payment) {
        return switch (command) {
            case Fund fund -> ChargeDecisions.rejectAsCancelled(fund.by(), deal);
            case DropCharge dropCharge -> ChargeDecisions.rejectAsCancelled(dropCharge.by(), deal);
            case EscrowCommand.Open _,
                    ChargeOutcome _,
                    Release _,
                    Settle _,
                    RetryCommand _,
                    OutsideCommand _,
                    Redirect _,
                    TransferOutcome _,
                    Cancel _,
                    RefundOutcome _ -> ChargeDecisions.decideAfterCharge(command, deal, payment);
        };
    }

    /** The client is refunded, so a successful transfer of an abandoned release has moved the money a second time. */
    private static Decision<EscrowEvent, EscrowRejection> recordTransfer(TransferOutcome outcome) {
        return switch (outcome) {
            case RecordReleased _ -> reject(SECOND_PAYMENT);
            case RecordReleaseFailed _, RecordReleaseUnknown _, RecordReleaseWithheld _ -> accept();
        };
    }
}
