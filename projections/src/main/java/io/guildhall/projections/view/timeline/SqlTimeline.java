package io.guildhall.projections.view.timeline;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.timeline.Timeline;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlTimeline implements Timeline {
    private static final Keyset<TimelineEntry> ENTRIES =
            new Keyset<>("timeline", List.of(0L), entry -> List.of(entry.number()));

    private final ReadDatabase database;

    public SqlTimeline(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<TimelineEntry>> ofContract(String contractId, Page.Request page) {
        return database.query(connection -> ENTRIES.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        "SELECT * FROM timeline_entry WHERE contract_id = ? AND number > ? ORDER BY number LIMIT ?",
                        TimelineColumns.ENTRY,
                        contractId,
                        after.getFirst(),
                        limit)));
    }
}
