package io.guildhall.projections.view.savedsearch;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What people look for, beside what there is: one that is saved or looks for something else waits to be read, in the same transaction. */
public final class SavedSearchView implements View {
    @Override
    public String name() {
        return "saved-searches";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(SavedSearches.AGGREGATE, SavedSearchView::apply));
    }

    private static void apply(Connection connection, Recorded<SavedSearchesEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case SavedSearchesEvent.Saved e -> save(connection, recorded, e);
            case SavedSearchesEvent.Changed e -> change(connection, recorded, e);
            case SavedSearchesEvent.Removed e -> remove(connection, recorded, e.searchId());
            case SavedSearchesEvent.Renamed _, SavedSearchesEvent.Matched _ -> {}
        }
    }

    private static void save(Connection connection, Recorded<?> recorded, SavedSearchesEvent.Saved e)
            throws SQLException {
        int isNew = Sql.update(
                connection,
                """
                INSERT INTO saved_search (kind, text, category_key, skills, currency, price_least, price_most, delivery_days, alerts, since,
                                          version, id, account_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                Sql.join(values(e.search(), e.at(), recorded), e.search().id(), recorded.entityId()));
        if (isNew == 1) waits(connection, e.search().id(), e.at());
    }

    private static void change(Connection connection, Recorded<?> recorded, SavedSearchesEvent.Changed e)
            throws SQLException {
        int changed = Sql.update(
                connection,
                """
                UPDATE saved_search
                   SET kind = ?, text = ?, category_key = ?, skills = ?, currency = ?, price_least = ?, price_most = ?, delivery_days = ?,
                       alerts = ?, since = ?, version = ?
                 WHERE id = ? AND version < ?
                """,
                Sql.join(values(e.search(), e.at(), recorded), e.search().id(), recorded.sequence()));
        if (changed == 1) waits(connection, e.search().id(), e.at());
    }

    private static Object[] values(SavedSearch search, Instant at, Recorded<?> recorded) {
        SearchCriteria it = search.terms();
        return new Object[] {
            it.kind(),
            it.text().strip(),
            it.category().map(SearchKey::from),
            Sql.texts(it.skills()),
            it.price().map(PriceRange::currency),
            it.price().flatMap(PriceRange::atLeast),
            it.price().flatMap(PriceRange::atMost),
            it.deliveryDays(),
            search.alerts(),
            at,
            recorded.sequence()
        };
    }

    private static void waits(Connection connection, String id, Instant since) throws SQLException {
        Sql.update(connection, """
                INSERT INTO alert.search AS s (id, since) VALUES (?, ?)
                ON CONFLICT (id) DO UPDATE SET since = excluded.since, model = '', embedding = NULL, is_fresh = true WHERE s.since < excluded.since
                """, id, since);
    }

    private static void remove(Connection connection, Recorded<?> recorded, String id) throws SQLException {
        Sql.update(connection, """
                UPDATE saved_search SET text = '', category_key = NULL, skills = '{}', alerts = false, version = ? WHERE id = ? AND version < ?
                """, recorded.sequence(), id, recorded.sequence());
        Sql.update(connection, "DELETE FROM alert.search WHERE id = ?", id);
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE saved_search");
    }
}
