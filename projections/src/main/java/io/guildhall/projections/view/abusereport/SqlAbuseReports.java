package io.guildhall.projections.view.abusereport;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import io.guildhall.projections.readmodel.abusereport.AbuseReports;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlAbuseReports implements AbuseReports {
    private static final PagedQuery<AbuseReportRow> ALL = PagedQuery.newestFirst(
            "abuse-reports", "filed_at", "id", AbuseReportColumns.ROW, AbuseReportRow::filedAt, AbuseReportRow::id);
    private static final PagedQuery<AbuseReportRow> OPEN = new PagedQuery<>(
            new Keyset<>("abuse-reports-open", List.of(Instant.EPOCH, ""), it -> List.of(it.filedAt(), it.id())),
            PagedQuery.Order.ASCENDING,
            List.of("filed_at", "id"),
            AbuseReportColumns.ROW);

    private final ReadDatabase database;

    public SqlAbuseReports(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<AbuseReportRow>> all(Page.Request page) {
        return database.query(connection -> ALL.page(connection, page, "SELECT * FROM abuse_report WHERE true"));
    }

    @Override
    public CompletionStage<Page<AbuseReportRow>> open(Page.Request page) {
        return database.query(
                connection -> OPEN.page(connection, page, "SELECT * FROM abuse_report WHERE settled_at IS NULL"));
    }
}
