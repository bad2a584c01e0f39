package io.guildhall.operate;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.RetryRefund;
import io.guildhall.domain.escrow.EscrowCommand.RetryTransfer;
import io.guildhall.domain.escrow.EscrowCommand.SettleRefundOutside;
import io.guildhall.domain.escrow.EscrowCommand.SettleTransferOutside;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Ids;
import io.guildhall.projections.readmodel.operatortask.OperatorTask.Kind;
import java.util.Optional;

/** The command that an operator's action on a task sends, and the entity that the task belongs to. */
record TaskCommand<S, C, R extends Enum<R>>(Aggregate<S, C, ?, R> aggregate, String entityId, C command) {
    private static final String OPERATOR = "operator";

    /** Tries the payment again. Empty if the id is not that of a task. */
    static Optional<TaskCommand<?, ?, ?>> retry(String taskId) {
        return forTask(
                taskId, new RetryTransfer(Optional.of(OPERATOR)), new RetryRefund(), new DiscrepancyCommand.Retry());
    }

    /** Ends what the operator has settled outside the program. Empty if the id is not that of a task. */
    static Optional<TaskCommand<?, ?, ?>> close(String taskId, String note) {
        return forTask(
                taskId,
                new SettleTransferOutside(OPERATOR, note),
                new SettleRefundOutside(OPERATOR, note),
                new DiscrepancyCommand.Close(OPERATOR, note));
    }

    private static Optional<TaskCommand<?, ?, ?>> forTask(
            String taskId, EscrowCommand onPayout, EscrowCommand onRefund, DiscrepancyCommand onDiscrepancy) {
        Optional<TaskCommand<?, ?, ?>> payout = escrow(Kind.PAYOUT_REFUSED, taskId, onPayout);
        if (payout.isPresent()) return payout;
        Optional<TaskCommand<?, ?, ?>> refund = escrow(Kind.REFUND_REFUSED, taskId, onRefund);
        if (refund.isPresent()) return refund;
        return Ids.isWellFormed(Discrepancy.PREFIX, taskId)
                ? Optional.of(new TaskCommand<>(Discrepancy.AGGREGATE, taskId, onDiscrepancy))
                : Optional.empty();
    }

    private static Optional<TaskCommand<?, ?, ?>> escrow(Kind kind, String taskId, EscrowCommand command) {
        return kind.findEntityId(taskId)
                .filter(it -> Ids.isWellFormed(Escrow.PREFIX, it))
                .map(it -> new TaskCommand<>(Escrow.AGGREGATE, it, command));
    }
}
