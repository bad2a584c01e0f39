package io.guildhall.projections.view.search;

import static io.guildhall.projections.view.search.SearchTables.DOCUMENT;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.VersionedTable.Versioned;
import io.guildhall.projections.view.search.SearchTables.NewDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes documents and keeps the index consistent with them, in the same transaction: a listed document whose text has
 * changed is added to the queue, and a document that is not listed has no vector.
 *
 * @param areIndexed whether the index follows the documents; not while they are rebuilt in other tables
 */
record Documents(boolean areIndexed) {
    private static final String UPDATE_LISTED = """
            UPDATE search_document d SET listed = NOT listed, listed_at = CASE WHEN listed OR kind <> 'FREELANCER' THEN listed_at ELSE ? END
             WHERE %s AND d.listed <> (
                   CASE d.kind WHEN 'FREELANCER'
                          THEN d.content <> '' AND EXISTS (SELECT FROM search_person p WHERE p.account_id = d.owner_id AND p.is_freelancer)
                          ELSE d.offered END
                   AND NOT EXISTS (SELECT FROM search_person p WHERE p.account_id = d.owner_id AND p.is_suspended))
            RETURNING id, listed
            """;

    /**
     * The turn of a document counts those of the same owner that wait before it, up to 1,000. A document that is waiting
     * keeps its turn; one that was parked or claimed can be claimed immediately, since its text has changed.
     */
    private static final String ENQUEUE = """
            WITH new AS (
                   SELECT d.id, d.owner_id, n.since, row_number() OVER (PARTITION BY d.owner_id ORDER BY n.since, d.id) - 1 AS place
                     FROM unnest(?::text[], ?::timestamptz[]) AS n(id, since)
                     JOIN search_document d ON d.id = n.id AND d.listed),
                 waiting AS MATERIALIZED (
                   SELECT owner_id, m.name AS model, (SELECT count(*) FROM (
                          SELECT FROM embedding.queue q WHERE q.model = m.name AND q.owner_id = owners.owner_id LIMIT 1000) AS counted) AS documents
                     FROM (SELECT DISTINCT owner_id FROM new) AS owners CROSS JOIN embedding.model m)
            INSERT INTO embedding.queue (id, model, owner_id, since, turn)
            SELECT id, model, owner_id, since, least(1000, documents + place) FROM new JOIN waiting USING (owner_id)
            ON CONFLICT (id, model) DO UPDATE SET attempts = 0, next_at = '-infinity', reason = NULL
            """;

    /** Deletes the vectors and queue entries of unlisted documents. */
    private static final List<String> DELETE_UNLISTED = Stream.of("vector", "queue")
            .map(
                    "DELETE FROM embedding.%s i WHERE NOT EXISTS (SELECT FROM search_document d WHERE d.id = i.id AND d.listed)"
                            ::formatted)
            .toList();

    /** Listed documents without a vector of their text. Those that the model has refused are in the queue. */
    private static final String ENQUEUE_MISSING = """
            INSERT INTO embedding.queue (id, model, owner_id, since, turn)
            SELECT d.id, m.name, d.owner_id, now(), least(1000, row_number() OVER (PARTITION BY m.name, d.owner_id ORDER BY d.listed_at DESC))
              FROM search_document d CROSS JOIN embedding.model m
             WHERE d.listed AND NOT EXISTS (
                   SELECT FROM embedding.vector v
                    WHERE v.kind = d.kind AND v.id = d.id AND v.model = m.name AND v.content_hash = d.content_hash)
            ON CONFLICT (id, model) DO NOTHING
            """;

    /** Inserts the documents that do not exist. */
    void insertAll(Connection connection, List<Versioned<NewDocument>> documents) throws SQLException {
        DOCUMENT.insertAll(connection, documents);
        var offered = documents.stream()
                .map(Versioned::row)
                .filter(NewDocument::isOffered)
                .toList();
        if (!offered.isEmpty())
            enqueue(
                    connection,
                    offered.stream().map(NewDocument::id).toList(),
                    offered.stream().map(NewDocument::listedAt).toList());
    }

    void update(Connection connection, Recorded<?> recorded, Document content, Instant at) throws SQLException {
        if (DOCUMENT.change(connection, recorded, Document.COLUMNS.assignments(), Document.COLUMNS.values(content)))
            enqueue(connection, List.of(recorded.entityId()), List.of(at));
    }

    /** Records whether a job is open or a gig is active, and lists or unlists it. */
    void setOffered(Connection connection, Recorded<?> recorded, boolean isOffered, Instant at) throws SQLException {
        var assignments =
                isOffered ? "offered = true, listed_at = ?" : "offered = false, listed_at = coalesce(listed_at, ?)";
        if (DOCUMENT.change(connection, recorded, assignments, at))
            updateListed(connection, "d.id = ?", recorded.entityId(), at);
    }

    /** Lists or unlists each document of an account. */
    void updateListed(Connection connection, String accountId, Instant at) throws SQLException {
        updateListed(connection, "d.owner_id = ?", accountId, at);
    }

    private record Changed(String id, boolean isListed) {}

    private void updateListed(Connection connection, String condition, String value, Instant at) throws SQLException {
        var changed = Sql.list(
                connection,
                UPDATE_LISTED.formatted(condition),
                row -> new Changed(row.getString("id"), row.getBoolean("listed")),
                at,
                value);
        for (var it : changed) updateIndex(connection, it.id(), it.isListed(), at);
    }

    private void updateIndex(Connection connection, String id, boolean isListed, Instant at) throws SQLException {
        if (!areIndexed) return;
        if (isListed) enqueue(connection, List.of(id), List.of(at));
        else {
            Sql.update(
                    connection,
                    "DELETE FROM embedding.vector v USING search_document d WHERE d.id = ? AND v.kind = d.kind AND v.id = d.id",
                    id);
            Sql.update(connection, "DELETE FROM embedding.queue WHERE id = ?", id);
        }
    }

    private void enqueue(Connection connection, List<String> ids, List<Instant> since) throws SQLException {
        if (areIndexed) Sql.update(connection, ENQUEUE, Sql.texts(ids), Sql.instants(since));
    }

    /** Makes the index consistent with documents that were rebuilt. What has not changed is not embedded again. */
    static void alignIndex(Connection connection) throws SQLException {
        SearchLocks.lockAll(connection);
        for (var statement : DELETE_UNLISTED) Sql.update(connection, statement);
        Sql.update(connection, ENQUEUE_MISSING);
    }
}
