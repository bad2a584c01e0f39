package io.guildhall.projections.view.search;

import static io.guildhall.projections.view.search.SqlFilter.isNotOwnedBy;
import static io.guildhall.projections.view.search.SqlFilter.namesSkill;

import io.guildhall.kernel.SearchKey;
import io.guildhall.port.Alerts;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.Criterion;
import io.guildhall.projections.view.NotSuspended;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Matches saved searches with documents in one statement, with the same conditions as a search. */
public final class SqlAlerts implements Alerts {
    /** The conditions of a saved search {@code s} on a document {@code d}; one that is not set is null. */
    private static final String MEETS_CRITERIA = Criterion.ofSavedSearch()
            + "\n   AND NOT EXISTS (SELECT FROM alert.search_skill k WHERE k.search_id = s.id AND NOT ("
            + namesSkill("k.spellings") + "))";

    /** An embedded search with its current criteria, and a document that was listed since the search was saved. */
    private static final String MATCHES =
            """
            SELECT s.account_id, s.id AS search_id, d.id AS document_id, d.title, d.owner_id, n.listed_at
              FROM alert.document n
              JOIN search_document d ON d.id = n.id AND d.listed
              JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = ?
              JOIN saved_search s ON s.kind = d.kind AND s.alerts AND s.since <= n.listed_at AND %s
              JOIN alert.search r ON r.id = s.id AND r.since = s.since AND r.model = v.model
             WHERE %%s = ANY(?) AND (d.id, s.id) > (?, ?)
               AND %s AND %s
               AND (s.text = '' OR CASE WHEN r.embedding IS NULL THEN d.words @@ plainto_tsquery('english', s.text)
                                        ELSE -(v.embedding <#> r.embedding) >= ? END)
             ORDER BY d.id, s.id LIMIT ?
            """.formatted(isNotOwnedBy("s.account_id"), NotSuspended.owner("d.owner_id"), MEETS_CRITERIA);

    /** New documents to compare. */
    private static final String NEXT_DOCUMENTS = """
            SELECT n.id FROM alert.document n
              JOIN search_document d ON d.id = n.id AND d.listed
              JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = ?
             WHERE n.waits
             ORDER BY n.listed_at LIMIT ?
            """;

    private static final String NEXT_SEARCHES =
            "SELECT id FROM alert.search WHERE is_fresh AND model = ? ORDER BY since LIMIT ?";

    private static final String PENDING_SEARCHES = """
            SELECT s.id, s.since, s.text, s.skills FROM alert.search r JOIN saved_search s ON s.id = r.id AND s.since = r.since
             WHERE r.model = '' ORDER BY random() LIMIT ?
            """;

    /** Unlisted documents have no vector. */
    private static final String FORGET_UNLISTED = """
            DELETE FROM alert.document n
             WHERE n.waits AND NOT EXISTS (SELECT FROM embedding.vector v WHERE v.kind = n.kind AND v.id = n.id)
            """;

    private final ReadDatabase database;

    public SqlAlerts(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Void> register(String model) {
        return update("UPDATE alert.search SET model = '' WHERE model NOT IN ('', ?)", model);
    }

    @Override
    public CompletionStage<List<PendingSearch>> pendingSearches(int limit) {
        return database.query(connection -> Sql.list(connection, PENDING_SEARCHES, SqlAlerts::pendingSearch, limit));
    }

    private static PendingSearch pendingSearch(ResultSet row) throws SQLException {
        return new PendingSearch(
                row.getString("id"),
                Sql.instant(row, "since").orElseThrow(),
                row.getString("text"),
                Sql.list(row, "skills", String[].class));
    }

    @Override
    public CompletionStage<Void> storeSearches(String model, List<EmbeddedSearch> searches) {
        return database.runInTransaction(connection -> {
            for (var search : searches) store(connection, model, search);
        });
    }

    private static void store(Connection connection, String model, EmbeddedSearch embedded) throws SQLException {
        var id = embedded.search().searchId();
        int updated = Sql.update(
                connection,
                "UPDATE alert.search SET model = ?, embedding = ?::vector WHERE id = ? AND since = ?",
                model,
                embedded.vector(),
                id,
                embedded.search().since());
        if (updated == 0) return;
        Sql.update(connection, "DELETE FROM alert.search_skill WHERE search_id = ?", id);
        var rows = new ArrayList<Object[]>();
        for (var spellings : embedded.skills())
            rows.add(new Object[] {id, rows.size(), Sql.texts(SearchKey.from(spellings))});
        Sql.updateEach(
                connection, "INSERT INTO alert.search_skill (search_id, number, spellings) VALUES (?, ?, ?)", rows);
    }

    @Override
    public CompletionStage<Optional<Batch>> nextBatch(String model, int limit) {
        return database.query(connection -> {
            var searches = ids(connection, NEXT_SEARCHES, model, limit);
            if (!searches.isEmpty()) return Optional.of(new Batch.Searches(searches));
            Sql.update(connection, FORGET_UNLISTED);
            var documents = ids(connection, NEXT_DOCUMENTS, model, limit);
            return documents.isEmpty() ? Optional.empty() : Optional.of(new Batch.Documents(documents));
        });
    }

    private static List<String> ids(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getString("id"), values);
    }

    @Override
    public CompletionStage<List<Match>> matches(String model, Batch batch, Optional<Match> after, int limit) {
        var id = switch (batch) {
            case Batch.Documents _ -> "n.id";
            // A document that waits is compared with every search in its own batch.
            case Batch.Searches _ -> "NOT n.waits AND s.id";
        };
        return database.query(connection -> Sql.list(
                connection,
                MATCHES.formatted(id),
                SqlAlerts::match,
                model,
                Sql.texts(batch.ids()),
                after.map(Match::documentId).orElse(""),
                after.map(Match::searchId).orElse(""),
                SimilarityScale.forModel(model).minAlertSimilarity(),
                limit));
    }

    private static Match match(ResultSet row) throws SQLException {
        return new Match(
                row.getString("account_id"),
                row.getString("search_id"),
                row.getString("document_id"),
                row.getString("title"),
                row.getString("owner_id"),
                Sql.instant(row, "listed_at").orElseThrow());
    }

    @Override
    public CompletionStage<Void> markCompared(Batch batch) {
        var sql = switch (batch) {
            case Batch.Documents _ -> "UPDATE alert.document SET waits = false WHERE id = ANY(?)";
            case Batch.Searches _ -> "UPDATE alert.search SET is_fresh = false WHERE id = ANY(?)";
        };
        return update(sql, Sql.texts(batch.ids()));
    }

    private CompletionStage<Void> update(String sql, Object value) {
        return database.run(connection -> Sql.update(connection, sql, value));
    }
}
