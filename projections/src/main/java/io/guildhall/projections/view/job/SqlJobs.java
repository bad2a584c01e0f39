package io.guildhall.projections.view.job;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.NotSuspended;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlJobs implements Jobs {
    private static final PagedQuery<JobRow> OPEN = PagedQuery.newestFirst(
            "jobs-open",
            "published_at",
            "id",
            JobColumns.ROW,
            row -> row.publishedAt().orElseThrow(),
            JobRow::id);
    private static final PagedQuery<JobRow> OF_CLIENT =
            PagedQuery.newestFirst("jobs-mine", "posted_at", "id", JobColumns.ROW, JobRow::postedAt, JobRow::id);

    private static final String SELECT_OPEN =
            "SELECT * FROM job WHERE status = 'OPEN' AND " + NotSuspended.owner("client_id");

    private final ReadDatabase database;

    public SqlJobs(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page) {
        var select = new StringBuilder(SELECT_OPEN);
        var values = new ArrayList<Object>();
        filter.category().ifPresent(it -> {
            select.append(" AND category_key = ?");
            values.add(SearchKey.from(it));
        });
        filter.skill().ifPresent(it -> {
            select.append(" AND skill_keys @> ?");
            values.add(Sql.texts(List.of(SearchKey.from(it))));
        });
        return database.query(connection -> OPEN.page(connection, page, select.toString(), values.toArray()));
    }

    @Override
    public CompletionStage<List<JobRow>> open(List<String> ids) {
        return database.query(
                connection -> Sql.list(connection, SELECT_OPEN + " AND id = ANY(?)", JobColumns.ROW, Sql.texts(ids)));
    }

    @Override
    public CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page) {
        return database.query(
                connection -> OF_CLIENT.page(connection, page, "SELECT * FROM job WHERE client_id = ?", clientId));
    }
}
