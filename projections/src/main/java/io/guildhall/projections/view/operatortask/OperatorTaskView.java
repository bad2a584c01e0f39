package io.guildhall.projections.view.operatortask;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.operatortask.OperatorTask;
import io.guildhall.projections.readmodel.operatortask.OperatorTask.Kind;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists the calls that the payment provider refused at every attempt, the discrepancies that are not settled
 * automatically, and the payout accounts that are not checked any more.
 */
public final class OperatorTaskView implements View {
    @Override
    public String name() {
        return "operator-tasks";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(OperatorTaskColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Escrow.AGGREGATE, OperatorTaskView::applyEscrow),
                on(Discrepancy.AGGREGATE, OperatorTaskView::applyDiscrepancy),
                on(PayoutAccount.AGGREGATE, OperatorTaskView::applyPayoutAccount));
    }

    private static void applyEscrow(Connection connection, Recorded<EscrowEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case EscrowEvent.ReleaseStalled e ->
                open(connection, recorded, Kind.PAYOUT_REFUSED, e.amount(), e.why(), e.attempt());
            case EscrowEvent.RefundStalled e ->
                open(connection, recorded, Kind.REFUND_REFUSED, e.amount(), e.why(), e.attempt());
            case EscrowEvent.ReleaseRetried _,
                    EscrowEvent.ReleaseAbandoned _,
                    EscrowEvent.ReleaseSettledOutside _,
                    EscrowEvent.MoneyReleased _ -> close(connection, recorded, Kind.PAYOUT_REFUSED);
            case EscrowEvent.RefundStarted _,
                    EscrowEvent.RefundSettledOutside _,
                    EscrowEvent.MoneyRefunded _,
                    EscrowEvent.SplitRedirected _ -> close(connection, recorded, Kind.REFUND_REFUSED);
            case EscrowEvent.Opened _,
                    EscrowEvent.Cancelled _,
                    EscrowEvent.SplitEvent _,
                    EscrowEvent.ChargeEvent _,
                    EscrowEvent.TransferEvent _,
                    EscrowEvent.RefundEvent _ -> {
                // Nothing stalls.
            }
        }
    }

    private static void applyDiscrepancy(Connection connection, Recorded<DiscrepancyEvent> recorded)
            throws SQLException {
        var report = recorded.event().report();
        switch (recorded.event()) {
            case DiscrepancyEvent.Reported _ ->
                open(connection, recorded, report, Kind.DISCREPANCY, describe(report), 0);
            case DiscrepancyEvent.ReturnStalled e ->
                open(connection, recorded, report, Kind.RETURN_REFUSED, e.why(), e.attempt());
            case DiscrepancyEvent.ReturnStarted _, DiscrepancyEvent.Returned _, DiscrepancyEvent.Closed _ ->
                close(connection, recorded);
            case DiscrepancyEvent.ReturnUnknown _, DiscrepancyEvent.ReturnFailed _ -> {
                // Another attempt follows.
            }
        }
    }

    private static void applyPayoutAccount(Connection connection, Recorded<PayoutAccountEvent> recorded)
            throws SQLException {
        switch (recorded.event()) {
            case PayoutAccountEvent.ChecksEnded e ->
                insert(
                        connection,
                        recorded,
                        e.at(),
                        Kind.ACCOUNT_NOT_VERIFIED,
                        Optional.empty(),
                        Optional.empty(),
                        e.status() + " at the provider. Ask the freelancer to complete the onboarding.",
                        e.checks());
            case PayoutAccountEvent.StatusChanged _,
                    PayoutAccountEvent.ChecksResumed _,
                    PayoutAccountEvent.ChecksDismissed _ ->
                OperatorTaskColumns.TABLE.changeRow(
                        connection, recorded, Kind.ACCOUNT_NOT_VERIFIED.taskId(recorded.entityId()), "is_open = false");
            case PayoutAccountEvent.Requested _, PayoutAccountEvent.Opened _, PayoutAccountEvent.Refused _ -> {
                // The account is being opened.
            }
        }
    }

    private static String describe(Report report) {
        return report.kind() + ": " + report.movement() + " " + report.reference() + ", "
                + report.expected().map(it -> "expected " + it.text()).orElse("not expected")
                + ". " + DiscrepancyRemedies.remedy(report);
    }

    private static void open(
            Connection connection, Recorded<EscrowEvent> recorded, Kind kind, Money amount, String why, int attempts)
            throws SQLException {
        var contract = Optional.of(recorded.event().deal().contractId());
        insert(connection, recorded, recorded.event().at(), kind, contract, Optional.of(amount), why, attempts);
    }

    private static void open(
            Connection connection,
            Recorded<DiscrepancyEvent> recorded,
            Report report,
            Kind kind,
            String detail,
            int attempts)
            throws SQLException {
        insert(
                connection,
                recorded,
                recorded.event().at(),
                kind,
                report.deal().map(EscrowDeal::contractId),
                Optional.of(report.amount()),
                detail,
                attempts);
    }

    private static void insert(
            Connection connection,
            Recorded<?> recorded,
            Instant at,
            Kind kind,
            Optional<String> contractId,
            Optional<Money> amount,
            String detail,
            int attempts)
            throws SQLException {
        OperatorTaskColumns.TABLE.insertOrReplace(
                connection,
                recorded,
                new OperatorTask(
                        kind.taskId(recorded.entityId()),
                        kind,
                        contractId,
                        amount,
                        Sql.storable(detail),
                        attempts,
                        at));
    }

    private static void close(Connection connection, Recorded<EscrowEvent> recorded, Kind kind) throws SQLException {
        OperatorTaskColumns.TABLE.changeRow(connection, recorded, kind.taskId(recorded.entityId()), "is_open = false");
    }

    private static void close(Connection connection, Recorded<?> recorded) throws SQLException {
        OperatorTaskColumns.TABLE.change(connection, recorded, "is_open = false");
    }
}
