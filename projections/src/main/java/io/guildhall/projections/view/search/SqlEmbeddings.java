package io.guildhall.projections.view.search;

import io.guildhall.port.Embeddings;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stores vectors in the database of the documents. While a vector is stored, the row of its document is locked, so that
 * the document cannot be unlisted or change its text in between.
 */
public final class SqlEmbeddings implements Embeddings {
    /** Longer than a batch takes. After it, the documents of a node that was lost are claimed again. */
    private static final String CLAIM_TIME = "interval '1 minute'";

    private static final String ENQUEUE_ALL = """
            INSERT INTO embedding.queue (id, model, owner_id, since, turn)
            SELECT id, ?, owner_id, now(), least(row_number() OVER (PARTITION BY owner_id ORDER BY listed_at DESC), 1000)
              FROM search_document WHERE listed
            ON CONFLICT (id, model) DO UPDATE SET attempts = 0, next_at = '-infinity', reason = NULL
            """;

    // The rows are locked in a WITH query, which is executed once. A subquery can be executed for each row, and locks
    // others each time.

    private static final String CLAIM = """
            WITH claimed AS (SELECT id FROM embedding.queue WHERE model = ? AND next_at <= now()
                              ORDER BY turn, since DESC LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE embedding.queue q SET next_at = now() + %s FROM claimed WHERE q.id = claimed.id AND q.model = ?
            RETURNING q.id
            """.formatted(CLAIM_TIME);

    private static final String RELEASE = """
            WITH released AS (SELECT id FROM embedding.queue WHERE id = ANY(?) AND model = ? AND attempts = 0 FOR UPDATE SKIP LOCKED)
            UPDATE embedding.queue q SET next_at = '-infinity' FROM released WHERE q.id = released.id AND q.model = ?
            """;

    /** The pause doubles with each refusal, from two minutes to a day. */
    private static final String PARK = """
            UPDATE embedding.queue q SET attempts = q.attempts + 1, reason = ?,
                   next_at = now() + least(interval '2 minutes' * power(2, least(q.attempts, 20)), interval '1 day')
              FROM search_document d
             WHERE q.id = ? AND q.model = ? AND d.id = q.id AND d.content_hash = ?
            """;

    private static final String RETRY_PARKED = """
            WITH parked AS (SELECT id, model FROM embedding.queue WHERE attempts > 0 FOR UPDATE SKIP LOCKED)
            UPDATE embedding.queue q SET next_at = '-infinity' FROM parked WHERE q.id = parked.id AND q.model = parked.model
            """;

    private static final String DEQUEUE_EMBEDDED = """
            WITH embedded AS (
                   SELECT id FROM embedding.queue q WHERE q.id = ANY(?) AND q.model = ? AND NOT EXISTS (
                          SELECT FROM search_document d WHERE d.id = q.id AND d.listed AND NOT EXISTS (
                                 SELECT FROM embedding.vector v
                                  WHERE v.kind = d.kind AND v.id = d.id AND v.model = q.model AND v.content_hash = d.content_hash))
                      FOR UPDATE SKIP LOCKED)
            DELETE FROM embedding.queue q USING embedded WHERE q.id = embedded.id AND q.model = ?
            """;

    private static final String CLAIMED_TEXTS = """
            SELECT d.id, d.content_hash, d.content FROM search_document d JOIN embedding.queue q USING (id)
             WHERE d.id = ANY(?) AND q.model = ? AND d.listed
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
            DELETE FROM embedding.queue q WHERE q.id = ? AND q.model = ? AND NOT EXISTS (
                   SELECT FROM search_document d WHERE d.id = q.id AND d.listed AND d.content_hash <> ?)
            """;

    private static final String COMPLETE = """
            UPDATE embedding.model SET complete_at = now()
             WHERE name = ? AND complete_at IS NULL AND NOT EXISTS (SELECT FROM embedding.queue WHERE model = name AND attempts = 0)
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
            Sql.update(connection, ENQUEUE_ALL, model);
        });
    }

    @Override
    public CompletionStage<List<Text>> claim(String model, int limit) {
        return database.query(connection -> {
            while (true) {
                var claimed = Sql.list(connection, CLAIM, row -> row.getString("id"), model, limit, model);
                var ids = Sql.texts(claimed);
                Sql.update(connection, DEQUEUE_EMBEDDED, ids, model, model);
                var texts = Sql.list(connection, CLAIMED_TEXTS, SqlEmbeddings::text, ids, model);
                if (!texts.isEmpty() || claimed.isEmpty()) return texts;
            }
        });
    }

    @Override
    public CompletionStage<Void> release(String model, List<Text> texts) {
        var ids = Sql.texts(texts.stream().map(Text::id).toList());
        return database.run(connection -> Sql.update(connection, RELEASE, ids, model, model));
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
            Sql.update(locked, DEQUEUE, it.id(), model, it.hash());
        });
    }

    @Override
    public CompletionStage<Void> park(String model, Text text, String reason) {
        return database.runInTransaction(connection -> {
            lockDocument(connection, text);
            Sql.update(connection, PARK, reason, text.id(), model, text.hash());
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
    public CompletionStage<Long> retryParked() {
        return database.query(connection -> (long) Sql.update(connection, RETRY_PARKED));
    }

    @Override
    public CompletionStage<List<Parked>> parked(int limit) {
        return database.query(connection -> Sql.list(
                connection,
                "SELECT id, model, attempts, next_at, reason FROM embedding.queue WHERE attempts > 0 ORDER BY next_at, id LIMIT ?",
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
        return database.query(connection -> Sql.list(
                        connection, "SELECT count(*) FROM embedding.queue WHERE attempts > 0", row -> row.getLong(1))
                .getFirst());
    }

    @Override
    public CompletionStage<Void> activateIfComplete(String model) {
        return database.runInTransaction(connection -> {
            boolean isComplete = Sql.update(connection, COMPLETE, model) == 1;
            if (!isComplete) return;
            SearchLocks.lockAll(connection);
            Sql.update(connection, "DELETE FROM embedding.vector WHERE model <> ?", model);
            Sql.update(connection, "DELETE FROM embedding.queue WHERE model <> ?", model);
            Sql.update(connection, "DELETE FROM embedding.model WHERE name <> ?", model);
        });
    }

    @Override
    public CompletionStage<Long> reindexAll(String model) {
        return database.inTransaction(connection -> {
            SearchLocks.lockAll(connection);
            Sql.update(connection, "UPDATE embedding.vector SET content_hash = '' WHERE model = ?", model);
            return (long) Sql.update(connection, ENQUEUE_ALL, model);
        });
    }

    @Override
    public CompletionStage<Waiting> waiting(String model) {
        return database.query(connection -> Sql.list(
                        connection,
                        "SELECT count(*) AS documents, min(since) AS oldest FROM embedding.queue WHERE model = ? AND attempts = 0",
                        row -> new Waiting(row.getLong("documents"), Sql.instant(row, "oldest")),
                        model)
                .getFirst());
    }

    @Override
    public CompletionStage<Optional<String>> currentModel() {
        return database.query(connection -> Sql.list(connection, CURRENT_MODEL, row -> row.getString("name")).stream()
                .findFirst());
    }
}
