package io.guildhall.projections.view.job;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.job.JobColumns.TABLE;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.RowApplier;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.OwnedList;
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
        return List.of(on(Job.AGGREGATE, new RowApplier<>(TABLE, JobColumns.ROW, JobView::next)));
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return OwnedList.changes(connection, kind, "job", events, new OwnedList(AccountList.JOBS, "client_id"));
    }

    private static Optional<JobRow> next(Optional<JobRow> row, Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.Posted e ->
                Optional.of(JobRow.created(recorded.entityId(), e.clientId(), e.details(), e.at()));
            case JobEvent.Published e -> row.map(it -> it.published(e.at()));
            case JobEvent.Edited e -> row.map(it -> it.edited(e.details(), e.at()));
            case JobEvent.ProposalReceived _ -> row.map(it -> it.withProposals(it.proposals() + 1));
            case JobEvent.ProposalsCounted e -> row.map(it -> it.withProposals(e.waiting()));
            case JobEvent.FillingStarted e ->
                row.map(it -> it.with(JobStatus.FILLING, Optional.of(e.contractId()), e.at()));
            case JobEvent.FillingAbandoned e -> row.map(it -> it.with(JobStatus.OPEN, Optional.empty(), e.at()));
            case JobEvent.Hired e -> row.map(it -> it.with(JobStatus.HIRED, Optional.of(e.contractId()), e.at()));
            case JobEvent.Closed e -> row.map(it -> it.with(JobStatus.CLOSED, e.at()));
            case JobEvent.Completed e -> row.map(it -> it.with(JobStatus.COMPLETED, e.at()));
            case JobEvent.Cancelled e -> row.map(it -> it.with(JobStatus.CANCELLED, e.at()));
        };
    }
}
