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

/**
 * Writes documents and keeps the index consistent with them, in the same transaction: a listed document whose text has
 * changed is added to the queue, and a document that is not listed has no vector.
 */
final class Documents {
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
     * keeps its turn; one that was parked or claimed can be claimed at once, since its text has changed.
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

    private Documents() {}

    /** Inserts the documents that do not exist. */
    static void insertAll(Connection connection, List<Versioned<NewDocument>> documents) throws SQLException {
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

    static void update(Connection connection, Recorded<?> recorded, Document content, Instant at) throws SQLException {
        if (DOCUMENT.change(connection, recorded, Document.COLUMNS.assignments(), Document.COLUMNS.values(content)))
            enqueue(connection, List.of(recorded.entityId()), List.of(at));
    }

    /** Records whether a job is open or a gig is active, and lists or unlists it. */
    static void setOffered(Connection connection, Recorded<?> recorded, boolean isOffered, Instant at)
            throws SQLException {
        var assignments =
                isOffered ? "offered = true, listed_at = ?" : "offered = false, listed_at = coalesce(listed_at, ?)";
        if (DOCUMENT.change(connection, recorded, assignments, at))
            updateListed(connection, "d.id = ?", recorded.entityId(), at);
    }

    /** Lists or unlists each document of an account. */
    static void updateListed(Connection connection, String accountId, Instant at) throws SQLException {
        updateListed(connection, "d.owner_id = ?", accountId, at);
    }

    private record Changed(String id, boolean isListed) {}

    private static void updateListed(Connection connection, String condition, String value, Instant at)
            throws SQLException {
        var changed = Sql.list(
                connection,
                UPDATE_LISTED.formatted(condition),
                row -> new Changed(row.getString("id"), row.getBoolean("listed")),
                at,
                value);
        for (var it : changed) updateIndex(connection, it.id(), it.isListed(), at);
    }

    private static void updateIndex(Connection connection, String id, boolean isListed, Instant at)
            throws SQLException {
        if (isListed) enqueue(connection, List.of(id), List.of(at));
        else {
            Sql.update(
                    connection,
                    "DELETE FROM embedding.vector v USING search_document d WHERE d.id = ? AND v.kind = d.kind AND v.id = d.id",
                    id);
            Sql.update(connection, "DELETE FROM embedding.queue WHERE id = ?", id);
        }
    }

    private static void enqueue(Connection connection, List<String> ids, List<Instant> since) throws SQLException {
        Sql.update(connection, ENQUEUE, Sql.texts(ids), Sql.instants(since));
    }
}
