package io.guildhall.projections.view.record;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.Side;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What freelancers have done, from contracts and revealed reviews alone. Rows are kept as they come and counted when they are read, so that
 * no order among entities can make a difference.
 */
public final class RecordView implements View {
    @Override
    public String name() {
        return "record";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Contract.AGGREGATE, RecordView::contract), on(Review.AGGREGATE, RecordView::review));
    }

    private static void contract(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.Drawn e -> draw(connection, recorded, e);
            case ContractEvent.MilestoneFunded e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    first(connection, recorded.entityId(), e.number(), "funded_at", e.at());
            }
            case ContractEvent.WorkSubmitted e -> {
                if (now(connection, recorded, ContractStatus.ACTIVE))
                    first(connection, recorded.entityId(), e.number(), "submitted_at", e.at());
            }
            case ContractEvent.Completed _ -> now(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> now(connection, recorded, ContractStatus.CANCELLED);
            case ContractEvent.MilestoneEvent _ -> {}
        }
    }

    private static void draw(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Drawn e)
            throws SQLException {
        var freelancer = e.deal().freelancerId();
        Sql.update(
                connection,
                """
                INSERT INTO record_contract (id, freelancer_id, client_id, status, version) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                recorded.entityId(),
                freelancer,
                e.deal().clientId(),
                ContractStatus.AWAITING_FUNDING,
                recorded.sequence());
        Sql.updateEach(
                connection,
                """
                INSERT INTO record_milestone (contract_id, number, freelancer_id, days) VALUES (?, ?, ?, ?)
                ON CONFLICT (contract_id, number) DO NOTHING
                """,
                e.milestones().stream()
                        .map(it -> new Object[] {recorded.entityId(), it.number(), freelancer, it.days()})
                        .toList());
    }

    /** False where this event was taken in before. */
    private static boolean now(Connection connection, Recorded<ContractEvent> recorded, ContractStatus status)
            throws SQLException {
        return Sql.change(connection, "record_contract", recorded, "status = ?", status);
    }

    private static void first(Connection connection, String contractId, int number, String column, Instant at)
            throws SQLException {
        var sql = "UPDATE record_milestone SET %1$s = coalesce(%1$s, ?) WHERE contract_id = ? AND number = ?";
        Sql.update(connection, sql.formatted(column), at, contractId, number);
    }

    private static void review(Connection connection, Recorded<ReviewEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ReviewEvent.Revealed e
            when e.subject().side() == Side.CLIENT ->
                Sql.update(
                        connection,
                        "INSERT INTO record_review (id, freelancer_id, overall) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                        recorded.entityId(),
                        e.subject().subjectId(),
                        e.ratings().overall());
            case ReviewEvent.Revealed _, ReviewEvent.Opened _, ReviewEvent.Written _, ReviewEvent.Lapsed _ -> {}
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE record_contract, record_milestone, record_review");
    }
}
