package io.guildhall.projections.view.discrepancy;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.discrepancy.Discrepancies;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import java.util.concurrent.CompletionStage;

public final class SqlDiscrepancies implements Discrepancies {
    private static final PagedQuery<DiscrepancyRow> ALL = newestFirst("discrepancies");
    private static final PagedQuery<DiscrepancyRow> UNSETTLED = newestFirst("discrepancies-unsettled");

    private final ReadDatabase database;

    public SqlDiscrepancies(ReadDatabase database) {
        this.database = database;
    }

    private static PagedQuery<DiscrepancyRow> newestFirst(String list) {
        return PagedQuery.newestFirst(
                list, "reported_at", "id", DiscrepancyColumns.ROW, DiscrepancyRow::reportedAt, DiscrepancyRow::id);
    }

    @Override
    public CompletionStage<Page<DiscrepancyRow>> all(Page.Request page) {
        return database.query(connection -> ALL.page(connection, page, "SELECT * FROM discrepancy WHERE true"));
    }

    @Override
    public CompletionStage<Page<DiscrepancyRow>> unsettled(Page.Request page) {
        return database.query(
                connection -> UNSETTLED.page(connection, page, "SELECT * FROM discrepancy WHERE status <> 'SETTLED'"));
    }
}
