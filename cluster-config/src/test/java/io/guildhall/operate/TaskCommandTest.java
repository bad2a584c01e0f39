package io.guildhall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.RetryRefund;
import io.guildhall.domain.escrow.EscrowCommand.RetryTransfer;
import io.guildhall.domain.escrow.EscrowCommand.SettleRefundOutside;
import io.guildhall.domain.escrow.EscrowCommand.SettleTransferOutside;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand.DismissChecks;
import io.guildhall.domain.payout.PayoutAccountCommand.ResumeChecks;
import io.guildhall.projections.readmodel.operatortask.OperatorTask.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskCommandTest {
    private static final String PAYOUT = Kind.PAYOUT_REFUSED.taskId("esc_1-1"),
            REFUND = Kind.REFUND_REFUSED.taskId("esc_1-1"),
            DISCREPANCY = Kind.DISCREPANCY.taskId("dsc_1"),
            ACCOUNT = Kind.ACCOUNT_NOT_VERIFIED.taskId("acc_1");

    @Test
    void retriesTheRefusedPayment() {
        assertThat(TaskCommand.retry(PAYOUT))
                .isEqualTo(Optional.of(
                        new TaskCommand<>(Escrow.AGGREGATE, "esc_1-1", new RetryTransfer(Optional.of("operator")))));
        assertThat(TaskCommand.retry(REFUND))
                .isEqualTo(Optional.of(new TaskCommand<>(Escrow.AGGREGATE, "esc_1-1", new RetryRefund())));
        assertThat(TaskCommand.retry(DISCREPANCY))
                .isEqualTo(
                        Optional.of(new TaskCommand<>(Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.Retry())));
    }

    @Test
    void checksAnAccountAgainOrEndsItsChecks() {
        assertThat(TaskCommand.retry(ACCOUNT))
                .isEqualTo(Optional.of(new TaskCommand<>(PayoutAccount.AGGREGATE, "acc_1", new ResumeChecks())));
        assertThat(TaskCommand.close(ACCOUNT, "has left"))
                .isEqualTo(Optional.of(new TaskCommand<>(
                        PayoutAccount.AGGREGATE, "acc_1", new DismissChecks("operator", "has left"))));
    }

    @Test
    void closesWithTheNote() {
        assertThat(TaskCommand.close(PAYOUT, "paid"))
                .isEqualTo(Optional.of(
                        new TaskCommand<>(Escrow.AGGREGATE, "esc_1-1", new SettleTransferOutside("operator", "paid"))));
        assertThat(TaskCommand.close(REFUND, "paid"))
                .isEqualTo(Optional.of(
                        new TaskCommand<>(Escrow.AGGREGATE, "esc_1-1", new SettleRefundOutside("operator", "paid"))));
        assertThat(TaskCommand.close(DISCREPANCY, "paid"))
                .isEqualTo(Optional.of(new TaskCommand<>(
                        Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.Close("operator", "paid"))));
    }

    @Test
    void knowsNoOtherTasks() {
        for (var id : new String[] {"esc_1-1", "dsc_1.payout", "acc_1.payout", ".payout", "ctr_1", ""}) {
            assertThat(TaskCommand.retry(id)).as(id).isEmpty();
            assertThat(TaskCommand.close(id, "note")).as(id).isEmpty();
        }
    }
}
