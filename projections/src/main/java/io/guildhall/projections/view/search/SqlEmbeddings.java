package io.guildhall.projections.view.search;

import io.guildhall.port.Embeddings;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stores vectors in the database of the documents. While a vector is stored, the row of its document is locked, so that
 * the document cannot be unlisted or change its text in between.
 */
public final class SqlEmbeddings implements Embeddings {
    private static final String ENQUEUE_ALL = """
            INSERT INTO embedding.backlog (id, since, owner_id, turn)
            SELECT id, now(), owner_id, least(row_number() OVER (PARTITION BY owner_id ORDER BY listed_at DESC), 1000)
              FROM search_document WHERE listed
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String PENDING =
            "SELECT id FROM embedding.backlog WHERE id <> ALL(?) ORDER BY turn, since DESC LIMIT ?";

    /** The pause doubles with each refusal, from two minutes to a day. */
    private static final String PARK = """
            INSERT INTO embedding.parked AS p (id, model, attempts, next_at, reason)
            SELECT id, ?, 1, now() + interval '2 minutes', ? FROM search_document WHERE id = ? AND content_hash = ?
            ON CONFLICT (id, model) DO UPDATE SET attempts = p.attempts + 1, reason = excluded.reason,
                   next_at = now() + least(interval '2 minutes' * power(2, least(p.attempts, 20)), interval '1 day')
            """;

    /** One document for each statement, so that it does not wait for a group of events while it holds another one. */
    private static final String RETRY_PARKED = """
            WITH due AS (
                UPDATE embedding.parked SET next_at = now() + interval '1 day'
                 WHERE (id, model) IN (SELECT id, model FROM embedding.parked WHERE model = ? AND next_at <= now()
                                        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id)
            INSERT INTO embedding.backlog (id, since, owner_id, turn) SELECT d.id, now(), d.owner_id, 0
              FROM due JOIN search_document d USING (id) WHERE d.listed
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String DEQUEUE_EMBEDDED = """
            DELETE FROM embedding.backlog WHERE id IN (
                   SELECT id FROM embedding.backlog b WHERE b.id = ANY(?) AND NOT EXISTS (
                          SELECT FROM search_document d WHERE d.id = b.id AND d.listed AND NOT EXISTS (
                                 SELECT FROM embedding.vector v
                                  WHERE v.kind = d.kind AND v.id = d.id AND v.model = ? AND v.content_hash = d.content_hash))
                      FOR UPDATE SKIP LOCKED)
            """;

    private static final String PENDING_TEXTS = """
            SELECT d.id, d.content_hash, d.content FROM search_document d JOIN embedding.backlog b USING (id)
             WHERE d.id = ANY(?) AND d.listed
            """;

    private static final String STORE = """
            INSERT INTO embedding.vector (kind, id, model, content_hash, embedding)
            SELECT d.kind, d.id, ?, d.content_hash, ?::vector
              FROM (SELECT * FROM search_document WHERE id = ? AND listed AND content_hash = ? FOR SHARE) d
            ON CONFLICT (kind, id, model) DO UPDATE SET content_hash = excluded.content_hash, embedding = excluded.embedding
            """;

    /** A document is new once in its life, see {@link io.guildhall.port.Alerts}. */
    private static final String RECORD_NEW = """
            INSERT INTO alert.document (kind, id, listed_at, waits) SELECT kind, id, listed_at, true FROM search_document WHERE id = ?
            ON CONFLICT (id) DO NOTHING
            """;

    /** Unless the text has changed since. */
    private static final String DEQUEUE = """
            DELETE FROM embedding.backlog b WHERE b.id = ? AND NOT EXISTS (
                   SELECT FROM search_document d WHERE d.id = b.id AND d.listed AND d.content_hash <> ?)
            """;

    private static final String COMPLETE = """
            UPDATE embedding.model SET complete_at = now()
             WHERE name = ? AND complete_at IS NULL AND NOT EXISTS (SELECT FROM embedding.backlog)
            """;

    private static final String CURRENT_MODEL =
            "SELECT name FROM embedding.model WHERE complete_at IS NOT NULL ORDER BY complete_at DESC LIMIT 1";

    private final ReadDatabase database;

    public SqlEmbeddings(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Void> register(String model) {
        return database.runInTransaction(connection -> {
            boolean isNew = Sql.update(
                            connection,
                            "INSERT INTO embedding.model (name, registered_at) VALUES (?, now()) ON CONFLICT (name) DO NOTHING",
                            model)
                    == 1;
            if (!isNew) return;
            SearchLocks.lockAll(connection);
            Sql.update(connection, ENQUEUE_ALL);
        });
    }

    @Override
    public CompletionStage<List<String>> pending(Collection<String> except, int limit) {
        return database.query(connection ->
                Sql.list(connection, PENDING, row -> row.getString("id"), Sql.texts(List.copyOf(except)), limit));
    }

    @Override
    public CompletionStage<List<Text>> textsToEmbed(String model, List<String> ids) {
        return database.query(connection -> {
            Sql.update(connection, DEQUEUE_EMBEDDED, Sql.texts(ids), model);
            return Sql.list(connection, PENDING_TEXTS, SqlEmbeddings::text, Sql.texts(ids));
        });
    }

    private static Text text(ResultSet row) throws SQLException {
        return new Text(row.getString("id"), row.getString("content_hash"), row.getString("content"));
    }

    @Override
    public CompletionStage<Void> store(String model, List<Vector> vectors) {
        return database.run(connection -> {
            for (var vector : vectors) store(connection, model, vector);
        });
    }

    private static void store(Connection connection, String model, Vector it) throws SQLException {
        ReadDatabase.runInTransaction(connection, locked -> {
            boolean isStored = Sql.update(locked, STORE, model, it.vector(), it.id(), it.hash()) == 1;
            if (isStored) Sql.update(locked, RECORD_NEW, it.id());
            Sql.update(locked, DEQUEUE, it.id(), it.hash());
            Sql.update(locked, "DELETE FROM embedding.parked WHERE id = ? AND model = ?", it.id(), model);
        });
    }

    @Override
    public CompletionStage<Void> markUnreadable(Text text) {
        return database.runInTransaction(connection -> {
            lockDocument(connection, text);
            Sql.update(connection, DEQUEUE, text.id(), text.hash());
        });
    }

    @Override
    public CompletionStage<Void> park(String model, Text text, String reason) {
        return database.runInTransaction(connection -> {
            lockDocument(connection, text);
            Sql.update(connection, PARK, model, reason, text.id(), text.hash());
            Sql.update(connection, DEQUEUE, text.id(), text.hash());
        });
    }

    private static void lockDocument(Connection connection, Text text) throws SQLException {
        Sql.list(
                connection,
                "SELECT id FROM search_document WHERE id = ? FOR SHARE",
                row -> row.getString("id"),
                text.id());
    }

    @Override
    public CompletionStage<Void> retryParked(String model) {
        return database.run(connection -> Sql.update(connection, RETRY_PARKED, model));
    }

    @Override
    public CompletionStage<List<Parked>> parked(int limit) {
        return database.query(connection -> Sql.list(
                connection,
                "SELECT id, model, attempts, next_at, reason FROM embedding.parked ORDER BY next_at, id LIMIT ?",
                row -> new Parked(
                        row.getString("id"),
                        row.getString("model"),
                        row.getInt("attempts"),
                        Sql.instant(row, "next_at").orElseThrow(),
                        row.getString("reason")),
                limit));
    }

    @Override
    public CompletionStage<Long> parkedCount() {
        return count("embedding.parked");
    }

    private CompletionStage<Long> count(String table) {
        return database.query(connection -> Sql.list(connection, "SELECT count(*) FROM " + table, row -> row.getLong(1))
                .getFirst());
    }

    @Override
    public CompletionStage<Void> activateIfComplete(String model) {
        return database.runInTransaction(connection -> {
            boolean isComplete = Sql.update(connection, COMPLETE, model) == 1;
            if (!isComplete) return;
            SearchLocks.lockAll(connection);
            Sql.update(connection, "DELETE FROM embedding.vector WHERE model <> ?", model);
            Sql.update(connection, "DELETE FROM embedding.parked WHERE model <> ?", model);
            Sql.update(connection, "DELETE FROM embedding.model WHERE name <> ?", model);
        });
    }

    @Override
    public CompletionStage<Long> reindexAll(String model) {
        return database.inTransaction(connection -> {
            SearchLocks.lockAll(connection);
            Sql.update(connection, "UPDATE embedding.vector SET content_hash = '' WHERE model = ?", model);
            return (long) Sql.update(connection, ENQUEUE_ALL);
        });
    }

    @Override
    public CompletionStage<Long> pendingCount() {
        return count("embedding.backlog");
    }

    @Override
    public CompletionStage<Optional<String>> currentModel() {
        return database.query(connection -> Sql.list(connection, CURRENT_MODEL, row -> row.getString("name")).stream()
                .findFirst());
    }
}
