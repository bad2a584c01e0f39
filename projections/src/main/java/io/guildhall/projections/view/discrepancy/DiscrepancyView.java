package io.guildhall.projections.view.discrepancy;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Expected;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Settlement;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Status;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists all discrepancies with how they ended. */
public final class DiscrepancyView implements View {
    private static final String PROGRAM = "guildhall";

    @Override
    public String name() {
        return "discrepancies";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(DiscrepancyColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Discrepancy.AGGREGATE, DiscrepancyView::apply));
    }

    private static void apply(Connection connection, Recorded<DiscrepancyEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case DiscrepancyEvent.Reported e ->
                DiscrepancyColumns.TABLE.insert(connection, recorded, row(recorded.entityId(), e.report(), e.at()));
            case DiscrepancyEvent.ReturnStarted _ -> changeStatus(connection, recorded, Status.RETURNING);
            case DiscrepancyEvent.ReturnStalled _ -> changeStatus(connection, recorded, Status.OPEN);
            case DiscrepancyEvent.Returned e ->
                settle(connection, recorded, new Settlement(e.at(), PROGRAM, "Sent back with " + e.refundId() + "."));
            case DiscrepancyEvent.Closed e -> settle(connection, recorded, new Settlement(e.at(), e.by(), e.note()));
            case DiscrepancyEvent.ReturnUnknown _, DiscrepancyEvent.ReturnFailed _ -> {
                // Another attempt follows.
            }
        }
    }

    private static DiscrepancyRow row(String id, Report report, Instant at) {
        return new DiscrepancyRow(
                id,
                report.kind(),
                report.movement(),
                report.subject(),
                report.deal().map(EscrowDeal::contractId),
                report.reference(),
                report.amount(),
                report.expected().map(it -> new Expected(it.amount(), it.currency())),
                at,
                Status.OPEN,
                Optional.empty());
    }

    private static void changeStatus(Connection connection, Recorded<?> recorded, Status status) throws SQLException {
        DiscrepancyColumns.TABLE.change(connection, recorded, "status = ?", status);
    }

    private static void settle(Connection connection, Recorded<?> recorded, Settlement settlement) throws SQLException {
        DiscrepancyColumns.TABLE.change(
                connection, recorded, DiscrepancyColumns.SETTLEMENT, settlement, "status = ?", Status.SETTLED);
    }
}
