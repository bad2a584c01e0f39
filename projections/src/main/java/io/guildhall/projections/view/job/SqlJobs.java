package io.guildhall.projections.view.job;

import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.Pay;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private final ReadDatabase reading;

    public SqlJobs(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page) {
        var where = new StringBuilder("SELECT * FROM job WHERE status = 'OPEN'");
        var values = new ArrayList<Object>();
        filter.category().ifPresent(it -> {
            where.append(" AND category_key = ?");
            values.add(JobView.key(it));
        });
        filter.skill().ifPresent(it -> {
            where.append(" AND skill_keys @> ?");
            values.add(Sql.texts(List.of(JobView.key(it))));
        });
        where.append(" AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ?");
        return reading.ask(connection -> OPEN.page(page, (after, limit) -> {
            var all = new ArrayList<>(values);
            all.addAll(after);
            all.add(limit);
            return Sql.list(connection, where.toString(), SqlJobs::row, all.toArray());
        }));
    }

    @Override
    public CompletionStage<List<JobRow>> open(List<String> ids) {
        return reading.ask(connection -> Sql.list(
                connection, "SELECT * FROM job WHERE status = 'OPEN' AND id = ANY(?)", SqlJobs::row, Sql.texts(ids)));
    }

    @Override
    public CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page) {
        return reading.ask(connection -> MINE.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        "SELECT * FROM job WHERE client_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        SqlJobs::row,
                        clientId,
                        after.getFirst(),
                        limit)));
    }

    private static JobRow row(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new JobRow(
                row.getString("id"),
                row.getString("client_id"),
                new JobDetails(
                        row.getString("title"),
                        row.getString("description"),
                        row.getString("category"),
                        Sql.list(row, "skills", String[].class),
                        Pay.valueOf(row.getString("pay")),
                        new Money(row.getLong("budget_min"), currency),
                        new Money(row.getLong("budget_max"), currency)),
                JobStatus.valueOf(row.getString("status")),
                row.getLong("revision"),
                row.getInt("proposals"),
                Sql.instant(row, "posted_at").orElseThrow(),
                Sql.instant(row, "published_at"),
                Sql.text(row, "contract_id"));
    }
}
