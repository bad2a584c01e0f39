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
            case ContractEvent.Drawn e -> draw(connection, recorded, e);
            case ContractEvent.MilestoneFunded e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.FUNDED);
            }
            case ContractEvent.WorkSubmitted e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?, note = ?", Status.SUBMITTED, e.note());
            }
            case ContractEvent.ChangesRequested e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    milestone(
                            connection,
                            recorded,
                            e.number(),
                            "status = ?, note = ?",
                            Status.CHANGES_REQUESTED,
                            e.note());
            }
            case ContractEvent.MilestoneAccepted e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.ACCEPTED);
            }
            case ContractEvent.MilestonePaid e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.PAID);
            }
            case ContractEvent.Completed _ -> status(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> status(connection, recorded, ContractStatus.CANCELLED);
        }
    }

    private static void draw(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Drawn e)
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

    private static void milestone(
            Connection connection, Recorded<ContractEvent> recorded, int number, String assignments, Object... values)
            throws SQLException {
        var sql = "UPDATE contract_milestone SET " + assignments + " WHERE contract_id = ? AND number = ?";
        Sql.update(connection, sql, Sql.join(values, recorded.entityId(), number));
    }
}
