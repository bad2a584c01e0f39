package io.guildhall.operate;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.RetryRefund;
import io.guildhall.domain.escrow.EscrowCommand.RetryTransfer;
import io.guildhall.domain.escrow.EscrowCommand.SettleRefundOutside;
import io.guildhall.domain.escrow.EscrowCommand.SettleTransferOutside;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutAccountCommand.DismissChecks;
import io.guildhall.domain.payout.PayoutAccountCommand.ResumeChecks;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Ids;
import io.guildhall.projections.readmodel.operatortask.OperatorTask.Kind;
import java.util.Optional;
import java.util.stream.Stream;

/** The command that an operator's action on a task sends, and the entity that the task belongs to. */
record TaskCommand<S, C, R extends Enum<R>>(Aggregate<S, C, ?, R> aggregate, String entityId, C command) {
    private static final String OPERATOR = "operator";
    private static final String ACCOUNT_PREFIX = "acc";

    /** The command that tries again. Empty if the id does not belong to a task. */
    static Optional<TaskCommand<?, ?, ?>> retry(String taskId) {
        return forTask(
                taskId,
                new RetryTransfer(Optional.of(OPERATOR)),
                new RetryRefund(),
                new DiscrepancyCommand.Retry(),
                new ResumeChecks());
    }

    /**
     * The command that ends a task which the operator has settled outside the program. Empty if the id does not belong
     * to a task.
     */
    static Optional<TaskCommand<?, ?, ?>> close(String taskId, String note) {
        return forTask(
                taskId,
                new SettleTransferOutside(OPERATOR, note),
                new SettleRefundOutside(OPERATOR, note),
                new DiscrepancyCommand.Close(OPERATOR, note),
                new DismissChecks(OPERATOR, note));
    }

    private static Optional<TaskCommand<?, ?, ?>> forTask(
            String taskId,
            EscrowCommand onPayout,
            EscrowCommand onRefund,
            DiscrepancyCommand onDiscrepancy,
            PayoutAccountCommand onAccount) {
        return Stream.of(Kind.values())
                .flatMap(kind -> kind
                        .findEntityId(taskId)
                        .<TaskCommand<?, ?, ?>>flatMap(id -> switch (kind) {
                            case PAYOUT_REFUSED -> create(Escrow.PREFIX, Escrow.AGGREGATE, id, onPayout);
                            case REFUND_REFUSED -> create(Escrow.PREFIX, Escrow.AGGREGATE, id, onRefund);
                            case RETURN_REFUSED, DISCREPANCY ->
                                create(Discrepancy.PREFIX, Discrepancy.AGGREGATE, id, onDiscrepancy);
                            case ACCOUNT_NOT_VERIFIED -> create(ACCOUNT_PREFIX, PayoutAccount.AGGREGATE, id, onAccount);
                        })
                        .stream())
                .findFirst();
    }

    private static <S, C, R extends Enum<R>> Optional<TaskCommand<S, C, R>> create(
            String prefix, Aggregate<S, C, ?, R> aggregate, String entityId, C command) {
        return Optional.of(entityId)
                .filter(it -> Ids.isWellFormed(prefix, it))
                .map(it -> new TaskCommand<>(aggregate, it, command));
    }
}
