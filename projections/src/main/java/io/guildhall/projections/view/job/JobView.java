package io.guildhall.projections.view.job;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.job.JobColumns.TABLE;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes every job in its current state, for the list of open jobs and for its client. */
public final class JobView implements View {
    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Job.AGGREGATE, JobView::apply));
    }

    private static void apply(Connection connection, Recorded<JobEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case JobEvent.Posted e -> post(connection, recorded, e);
            case JobEvent.Published e ->
                TABLE.change(connection, recorded, "status = ?, published_at = ?", JobStatus.OPEN, e.at());
            case JobEvent.Edited e ->
                TABLE.change(connection, recorded, JobColumns.DETAILS, e.details(), "revision = revision + 1");
            case JobEvent.ProposalReceived _ -> TABLE.change(connection, recorded, "proposals = proposals + 1");
            case JobEvent.FillingStarted e ->
                TABLE.change(connection, recorded, "status = ?, contract_id = ?", JobStatus.FILLING, e.contractId());
            case JobEvent.FillingAbandoned _ ->
                TABLE.change(connection, recorded, "status = ?, contract_id = NULL", JobStatus.OPEN);
            case JobEvent.Hired e ->
                TABLE.change(connection, recorded, "status = ?, contract_id = ?", JobStatus.HIRED, e.contractId());
            case JobEvent.Closed _ -> TABLE.change(connection, recorded, "status = ?", JobStatus.CLOSED);
            case JobEvent.Completed _ -> TABLE.change(connection, recorded, "status = ?", JobStatus.COMPLETED);
            case JobEvent.Cancelled _ -> TABLE.change(connection, recorded, "status = ?", JobStatus.CANCELLED);
        }
    }

    private static void post(Connection connection, Recorded<JobEvent> recorded, JobEvent.Posted e)
            throws SQLException {
        var row = new JobRow(
                recorded.entityId(),
                e.clientId(),
                e.details(),
                JobStatus.DRAFT,
                1,
                0,
                e.at(),
                Optional.empty(),
                Optional.empty());
        TABLE.insert(connection, recorded, row);
    }
}
