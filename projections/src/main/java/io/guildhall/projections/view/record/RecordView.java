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
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.record.RecordTables.ContractEntry;
import io.guildhall.projections.view.record.RecordTables.MilestoneEntry;
import io.guildhall.projections.view.record.RecordTables.ReviewEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes what business records are computed from: contracts, milestones and revealed reviews. {@link SqlRecords} counts
 * the rows when they are read, so the order of events of different entities does not matter.
 */
public final class RecordView implements View {
    @Override
    public String name() {
        return "record";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(RecordTables.CONTRACTS.table(), RecordTables.MILESTONES, RecordTables.REVIEWS);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, RecordView::contract), on(Review.AGGREGATE, RecordView::review));
    }

    private static void contract(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.Created e -> create(connection, recorded, e);
            case ContractEvent.MilestoneFunded e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    firstTime(connection, recorded.entityId(), e.number(), "funded_at", e.at());
            }
            case ContractEvent.WorkSubmitted e -> {
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    firstTime(connection, recorded.entityId(), e.number(), "submitted_at", e.at());
            }
            case ContractEvent.Completed _ -> status(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> status(connection, recorded, ContractStatus.CANCELLED);
            case ContractEvent.MilestoneEvent _, ContractEvent.StandingEvent _ -> {}
        }
    }

    private static void create(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Created e)
            throws SQLException {
        var id = recorded.entityId();
        var freelancer = e.deal().freelancerId();
        RecordTables.CONTRACTS.insert(
                connection,
                recorded,
                new ContractEntry(id, freelancer, e.deal().clientId(), ContractStatus.AWAITING_FUNDING));
        RecordTables.MILESTONES.insertAll(
                connection,
                e.milestones().stream()
                        .map(it -> new MilestoneEntry(
                                id, it.number(), freelancer, it.days(), Optional.empty(), Optional.empty()))
                        .toList());
    }

    /** Returns false if the row includes this event already. */
    private static boolean status(Connection connection, Recorded<ContractEvent> recorded, ContractStatus status)
            throws SQLException {
        return RecordTables.CONTRACTS.change(connection, recorded, "status = ?", status);
    }

    private static void firstTime(Connection connection, String contractId, int number, String column, Instant at)
            throws SQLException {
        var sql = "UPDATE record_milestone SET %1$s = coalesce(%1$s, ?) WHERE contract_id = ? AND number = ?";
        Sql.update(connection, sql.formatted(column), at, contractId, number);
    }

    private static void review(Connection connection, Recorded<ReviewEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ReviewEvent.Revealed e
            when e.subject().side() == Side.CLIENT ->
                RecordTables.REVIEWS.insert(
                        connection,
                        new ReviewEntry(
                                recorded.entityId(),
                                e.subject().subjectId(),
                                e.ratings().overall()));
            case ReviewEvent.Revealed _, ReviewEvent.Opened _, ReviewEvent.Written _, ReviewEvent.Lapsed _ -> {}
        }
    }
}
