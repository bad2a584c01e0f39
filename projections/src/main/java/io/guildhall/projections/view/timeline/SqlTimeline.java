package io.guildhall.projections.view.timeline;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.timeline.Timeline;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.readmodel.timeline.TimelineEntry.What;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

public final class SqlTimeline implements Timeline {
    private static final Keyset<TimelineEntry> ENTRIES =
            new Keyset<>("timeline", List.of(0L), entry -> List.of(entry.number()));

    private final ReadDatabase reading;

    public SqlTimeline(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<Page<TimelineEntry>> ofContract(String contractId, Page.Request page) {
        return reading.ask(connection -> ENTRIES.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        "SELECT * FROM timeline_entry WHERE contract_id = ? AND number > ? ORDER BY number LIMIT ?",
                        SqlTimeline::entry,
                        contractId,
                        after.getFirst(),
                        limit)));
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        return new TimelineEntry(
                row.getString("contract_id"),
                row.getLong("number"),
                Sql.instant(row, "at").orElseThrow(),
                row.getString("by_id"),
                What.valueOf(row.getString("what")),
                Sql.integer(row, "milestone"),
                row.getString("title"),
                amount(row),
                row.getString("note"),
                row.getString("previous"),
                row.getString("hash"));
    }

    private static Optional<Money> amount(ResultSet row) throws SQLException {
        long amount = row.getLong("amount");
        return row.wasNull() ? Optional.empty() : Optional.of(new Money(amount, row.getString("currency")));
    }
}
