package io.guildhall.projections.view.contract;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.contract.ContractColumns.MilestoneRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes every contract and its milestones in their current state, for both parties. */
public final class ContractView implements View {
    @Override
    public String name() {
        return "contracts";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(ContractColumns.TABLE.table(), ContractColumns.MILESTONES);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, ContractView::apply));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.Created e -> create(connection, recorded, e);
            case ContractEvent.MilestoneFunded e ->
                changeMilestone(connection, recorded, e, "status = ?", Status.FUNDED);
            case ContractEvent.WorkSubmitted e ->
                changeMilestone(connection, recorded, e, "status = ?, note = ?", Status.SUBMITTED, e.note());
            case ContractEvent.ChangesRequested e ->
                changeMilestone(connection, recorded, e, "status = ?, note = ?", Status.CHANGES_REQUESTED, e.note());
            case ContractEvent.MilestoneAccepted e ->
                changeMilestone(connection, recorded, e, "status = ?", Status.ACCEPTED);
            case ContractEvent.AcceptedBySilence e ->
                changeMilestone(connection, recorded, e, "status = ?", Status.ACCEPTED);
            case ContractEvent.MilestonePaid e -> changeMilestone(connection, recorded, e, "status = ?", Status.PAID);
            case ContractEvent.SettlementDecided e ->
                changeMilestone(connection, recorded, e, "status = ?", Status.SETTLING);
            case ContractEvent.MilestoneSettled e ->
                changeMilestone(
                        connection,
                        recorded,
                        e,
                        "status = ?",
                        e.decision().settlement().refundsAll() ? Status.REFUNDED : Status.SPLIT);
            case ContractEvent.RefundRequested _,
                    ContractEvent.RefundDeclined _,
                    ContractEvent.RefundWithdrawn _,
                    ContractEvent.SilenceEvent _ -> {}
            case ContractEvent.Completed _ -> status(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> status(connection, recorded, ContractStatus.CANCELLED);
        }
    }

    private static void create(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Created e)
            throws SQLException {
        var deal = e.deal();
        var row = new ContractRow(
                recorded.entityId(),
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                deal.clientId(),
                deal.freelancerId(),
                deal.title(),
                deal.price(),
                deal.feeBasisPoints(),
                ContractStatus.AWAITING_FUNDING,
                e.milestones(),
                e.at(),
                e.at());
        ContractColumns.TABLE.insert(connection, recorded, row);
        ContractColumns.MILESTONES.insertAll(
                connection,
                e.milestones().stream()
                        .map(it -> new MilestoneRow(recorded.entityId(), it))
                        .toList());
    }

    /** Returns false if the row includes this event already. */
    private static boolean status(Connection connection, Recorded<ContractEvent> recorded, ContractStatus status)
            throws SQLException {
        return ContractColumns.TABLE.change(
                connection,
                recorded,
                "status = ?, changed_at = ?",
                status,
                recorded.event().at());
    }

    /** Changes a milestone of a contract, which is active from its first funding on. */
    private static void changeMilestone(
            Connection connection,
            Recorded<ContractEvent> recorded,
            ContractEvent.MilestoneEvent event,
            String assignments,
            Object... values)
            throws SQLException {
        if (!status(connection, recorded, ContractStatus.ACTIVE)) return;
        var sql = "UPDATE contract_milestone SET " + assignments + " WHERE contract_id = ? AND number = ?";
        Sql.update(connection, sql, Sql.join(values, recorded.entityId(), event.number()));
    }
}
