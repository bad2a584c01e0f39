package io.guildhall.projections.view.contract;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Every contract and its milestones as they stand, for both parties. */
public final class ContractView implements View {
    @Override
    public String name() {
        return "contracts";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Contract.AGGREGATE, ContractView::apply));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.Drawn e -> draw(connection, recorded, e);
            case ContractEvent.MilestoneFunded e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.FUNDED);
            }
            case ContractEvent.WorkSubmitted e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?, note = ?", Status.SUBMITTED, e.note());
            }
            case ContractEvent.ChangesRequested e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    milestone(
                            connection,
                            recorded,
                            e.number(),
                            "status = ?, note = ?",
                            Status.CHANGES_REQUESTED,
                            e.note());
            }
            case ContractEvent.MilestoneAccepted e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.ACCEPTED);
            }
            case ContractEvent.MilestonePaid e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    milestone(connection, recorded, e.number(), "status = ?", Status.PAID);
            }
            case ContractEvent.Completed _ -> now(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> now(connection, recorded, ContractStatus.CANCELLED);
        }
    }

    private static void draw(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Drawn e)
            throws SQLException {
        var deal = e.deal();
        Sql.update(
                connection,
                """
                INSERT INTO contract (id, job_id, proposal_id, invite_id, client_id, freelancer_id, title, price, currency, fee_basis_points, status,
                                      drawn_at, changed_at, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'AWAITING_FUNDING', ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                recorded.entityId(),
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                deal.clientId(),
                deal.freelancerId(),
                deal.title(),
                deal.price().amount(),
                deal.price().currency(),
                deal.feeBasisPoints(),
                e.at(),
                e.at(),
                recorded.sequence());
        for (var milestone : e.milestones()) draw(connection, recorded.entityId(), milestone);
    }

    private static void draw(Connection connection, String contractId, Milestone milestone) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO contract_milestone (contract_id, number, title, amount, days, status, note)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (contract_id, number) DO NOTHING
                """,
                contractId,
                milestone.number(),
                milestone.title(),
                milestone.amount().amount(),
                milestone.days(),
                milestone.status(),
                milestone.note());
    }

    /** False where this event was taken in before. */
    private static boolean now(Connection connection, Recorded<ContractEvent> recorded, ContractStatus status)
            throws SQLException {
        return Sql.change(
                connection,
                "contract",
                recorded,
                "status = ?, changed_at = ?",
                status,
                recorded.event().at());
    }

    private static void milestone(
            Connection connection, Recorded<ContractEvent> recorded, int number, String what, Object... values)
            throws SQLException {
        var sql = "UPDATE contract_milestone SET " + what + " WHERE contract_id = ? AND number = ?";
        Sql.update(connection, sql, Sql.join(values, recorded.entityId(), number));
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE contract, contract_milestone");
    }
}
