package io.guildhall.projections.view.savedsearch;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.savedsearch.SavedSearchTable.TABLE;
import static io.guildhall.projections.view.savedsearch.SavedSearchTable.VERSION;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.savedsearch.SavedSearchTable.NewSearch;
import io.guildhall.projections.view.savedsearch.SavedSearchTable.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Writes saved searches. In the same transaction, a search that is new or has new criteria is added to those that are
 * to be embedded.
 */
public final class SavedSearchView implements View {
    private static final String ENQUEUE = """
            INSERT INTO alert.search AS s (id, since) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET since = excluded.since, model = '', embedding = NULL, is_fresh = true WHERE s.since < excluded.since
            """;

    /** Embeds only searches with alerts. */
    private static final String ENQUEUE_MISSING = """
            INSERT INTO alert.search AS s (id, since) SELECT id, since FROM saved_search WHERE alerts
            ON CONFLICT (id) DO UPDATE SET since = excluded.since, model = '', embedding = NULL, is_fresh = true WHERE s.since < excluded.since
            """;

    /** Whether searches are added to those that are to be embedded; not while they are rebuilt in another table. */
    private final boolean areEmbedded;

    public SavedSearchView() {
        this(true);
    }

    private SavedSearchView(boolean areEmbedded) {
        this.areEmbedded = areEmbedded;
    }

    @Override
    public String name() {
        return "saved-searches";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(SavedSearches.AGGREGATE, this::apply));
    }

    @Override
    public View forRebuild() {
        return new SavedSearchView(false);
    }

    @Override
    public void alignAfterRebuild(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM alert.search s WHERE NOT EXISTS (SELECT FROM saved_search r WHERE r.id = s.id)");
        Sql.update(connection, ENQUEUE_MISSING);
    }

    private void apply(Connection connection, Recorded<SavedSearchesEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case SavedSearchesEvent.Saved e -> insert(connection, recorded, e.search(), e.at());
            case SavedSearchesEvent.Changed e -> update(connection, recorded, e.search(), e.at());
            case SavedSearchesEvent.Removed e -> remove(connection, recorded, e.searchId());
            case SavedSearchesEvent.Renamed _, SavedSearchesEvent.Matched _ -> {}
        }
    }

    private void insert(Connection connection, Recorded<?> recorded, SavedSearch search, Instant at)
            throws SQLException {
        var row = new NewSearch(recorded.entityId(), new Version(search, at));
        if (TABLE.insert(connection, recorded, row)) enqueue(connection, search.id(), at);
    }

    private void update(Connection connection, Recorded<?> recorded, SavedSearch search, Instant at)
            throws SQLException {
        var values = VERSION.values(new Version(search, at));
        if (TABLE.changeRow(connection, recorded, search.id(), VERSION.assignments(), values))
            enqueue(connection, search.id(), at);
    }

    private void enqueue(Connection connection, String id, Instant since) throws SQLException {
        if (areEmbedded) Sql.update(connection, ENQUEUE, id, since);
    }

    private void remove(Connection connection, Recorded<?> recorded, String id) throws SQLException {
        TABLE.changeRow(connection, recorded, id, "text = '', category_key = NULL, skills = '{}', alerts = false");
        if (areEmbedded) Sql.update(connection, "DELETE FROM alert.search WHERE id = ?", id);
    }
}
