package io.guildhall.projections.view.job;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlJobs implements Jobs {
    private static final Keyset<JobRow> OPEN = new Keyset<>(
            "jobs-open",
            List.of(Instant.MAX, ""),
            row -> List.of(row.publishedAt().orElseThrow(), row.id()));
    private static final Keyset<JobRow> MINE = new Keyset<>("jobs-mine", List.of("~"), row -> List.of(row.id()));

    private final ReadDatabase database;

    public SqlJobs(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page) {
        var where = new StringBuilder("SELECT * FROM job WHERE status = 'OPEN'");
        var values = new ArrayList<Object>();
        filter.category().ifPresent(it -> {
            where.append(" AND category_key = ?");
            values.add(SearchKey.from(it));
        });
        filter.skill().ifPresent(it -> {
            where.append(" AND skill_keys @> ?");
            values.add(Sql.texts(List.of(SearchKey.from(it))));
        });
        where.append(" AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ?");
        return database.query(connection -> OPEN.page(page, (after, limit) -> {
            var all = new ArrayList<>(values);
            all.addAll(after);
            all.add(limit);
            return Sql.list(connection, where.toString(), JobColumns.ROW, all.toArray());
        }));
    }

    @Override
    public CompletionStage<List<JobRow>> open(List<String> ids) {
        return database.query(connection -> Sql.list(
                connection, "SELECT * FROM job WHERE status = 'OPEN' AND id = ANY(?)", JobColumns.ROW, Sql.texts(ids)));
    }

    @Override
    public CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page) {
        return database.query(connection -> MINE.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        "SELECT * FROM job WHERE client_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        JobColumns.ROW,
                        clientId,
                        after.getFirst(),
                        limit)));
    }
}
