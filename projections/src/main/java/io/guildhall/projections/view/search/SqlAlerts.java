package io.guildhall.projections.view.search;

import io.guildhall.kernel.SearchKey;
import io.guildhall.port.Alerts;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Beside the documents and their vectors, in their database: searches and documents meet in one statement. */
public final class SqlAlerts implements Alerts {
    /** A search as it stands and was read, with a document that was listed since. What narrows is as in {@code SqlFilter}; a test compares the two. */
    private static final String MATCHES = """
            SELECT s.account_id, s.id AS search_id, d.id AS document_id, d.title, n.listed_at
              FROM alert.document n
              JOIN search_document d ON d.id = n.id AND d.listed
              JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = ?
              JOIN saved_search s ON s.kind = d.kind AND s.alerts AND s.since <= n.listed_at AND s.account_id <> d.owner_id
              JOIN alert.search r ON r.id = s.id AND r.since = s.since AND r.model = v.model
             WHERE %s = ANY(?) AND (d.id, s.id) > (?, ?)
               AND (s.category_key IS NULL OR s.category_key = d.category_key)
               AND (s.currency IS NULL OR s.currency = d.currency)
               AND (s.price_least IS NULL OR s.price_least <= d.price_max)
               AND (s.price_most IS NULL OR s.price_most >= d.price_min)
               AND (s.delivery_days IS NULL OR s.delivery_days >= d.delivery_days)
               AND NOT EXISTS (SELECT FROM alert.search_skill k WHERE k.search_id = s.id AND NOT k.spellings && d.skill_keys)
               AND (s.text = '' OR CASE WHEN r.embedding IS NULL THEN d.words @@ plainto_tsquery('english', s.text)
                                        ELSE -(v.embedding <#> r.embedding) >= ? END)
             ORDER BY d.id, s.id LIMIT ?
            """;

    /**
     * While the view of searches is being rebuilt there are fewer searches than were read: then documents wait for them, though not for ever.
     */
    private static final String DOCUMENTS = """
            SELECT n.id FROM alert.document n
              JOIN search_document d ON d.id = n.id AND d.listed
              JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = ?
             WHERE n.waits AND (n.listed_at < now() - interval '10 minutes' OR NOT EXISTS (
                   SELECT FROM alert.search r WHERE NOT EXISTS (SELECT FROM saved_search s WHERE s.id = r.id AND s.since = r.since)))
             ORDER BY n.listed_at LIMIT ?
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
        return database.ask(connection -> Sql.list(connection, """
                SELECT s.id, s.since, s.text, s.skills FROM alert.search r JOIN saved_search s ON s.id = r.id AND s.since = r.since
                 WHERE r.model = '' ORDER BY random() LIMIT ?
                """, SqlAlerts::unread, limit));
    }

    private static PendingSearch unread(ResultSet row) throws SQLException {
        return new PendingSearch(
                row.getString("id"),
                Sql.instant(row, "since").orElseThrow(),
                row.getString("text"),
                Sql.list(row, "skills", String[].class));
    }

    @Override
    public CompletionStage<Void> storeSearches(String model, List<EmbeddedSearch> all) {
        return database.inTransaction(connection -> {
            for (var read : all) keep(connection, model, read);
            return null;
        });
    }

    private static void keep(Connection connection, String model, EmbeddedSearch read) throws SQLException {
        var id = read.search().searchId();
        int isStillSo = Sql.update(
                connection,
                "UPDATE alert.search SET model = ?, embedding = ?::vector WHERE id = ? AND since = ?",
                model,
                read.vector(),
                id,
                read.search().since());
        if (isStillSo == 0) return;
        Sql.update(connection, "DELETE FROM alert.search_skill WHERE search_id = ?", id);
        var rows = new ArrayList<Object[]>();
        for (var spellings : read.skills())
            rows.add(new Object[] {id, rows.size(), Sql.texts(SearchKey.from(spellings))});
        Sql.updateEach(
                connection, "INSERT INTO alert.search_skill (search_id, number, spellings) VALUES (?, ?, ?)", rows);
    }

    @Override
    public CompletionStage<Optional<Batch>> nextBatch(String model, int limit) {
        return database.ask(connection -> {
            var searches = ids(
                    connection,
                    "SELECT id FROM alert.search WHERE is_fresh AND model = ? ORDER BY since LIMIT ?",
                    model,
                    limit);
            if (!searches.isEmpty()) return Optional.of(new Batch.Searches(searches));
            // What leaves the list loses its vector; what is not there because its view is being rebuilt keeps it.
            Sql.update(connection, """
                    DELETE FROM alert.document n
                     WHERE n.waits AND NOT EXISTS (SELECT FROM embedding.vector v WHERE v.kind = n.kind AND v.id = n.id)
                    """);
            var documents = ids(connection, DOCUMENTS, model, limit);
            return documents.isEmpty() ? Optional.empty() : Optional.of(new Batch.Documents(documents));
        });
    }

    private static List<String> ids(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getString("id"), values);
    }

    @Override
    public CompletionStage<List<Match>> matches(String model, Batch batch, Optional<Match> after, int limit) {
        var chosen = switch (batch) {
            case Batch.Documents _ -> "n.id";
            // What waits is compared with every search when its turn comes.
            case Batch.Searches _ -> "NOT n.waits AND s.id";
        };
        return database.ask(connection -> Sql.list(
                connection,
                MATCHES.formatted(chosen),
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
                Sql.instant(row, "listed_at").orElseThrow());
    }

    @Override
    public CompletionStage<Void> markCompared(Batch batch) {
        var told = switch (batch) {
            case Batch.Documents _ -> "UPDATE alert.document SET waits = false WHERE id = ANY(?)";
            case Batch.Searches _ -> "UPDATE alert.search SET is_fresh = false WHERE id = ANY(?)";
        };
        return update(told, Sql.texts(batch.ids()));
    }

    private CompletionStage<Void> update(String sql, Object value) {
        return database.ask(connection -> {
            Sql.update(connection, sql, value);
            return null;
        });
    }
}
