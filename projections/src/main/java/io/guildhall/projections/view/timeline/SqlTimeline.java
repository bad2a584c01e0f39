package io.guildhall.projections.view.timeline;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.timeline.Timeline;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlTimeline implements Timeline {
    private static final PagedQuery<TimelineEntry> OF_CONTRACT = new PagedQuery<>(
            new Keyset<>("timeline", List.of(0L), entry -> List.of(entry.number())),
            Order.ASCENDING,
            List.of("number"),
            TimelineColumns.ENTRY);

    private final ReadDatabase database;

    public SqlTimeline(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<TimelineEntry>> ofContract(String contractId, Page.Request page) {
        return database.query(connection ->
                OF_CONTRACT.page(connection, page, "SELECT * FROM timeline_entry WHERE contract_id = ?", contractId));
    }
}
