package io.guildhall.projections.view.search;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes documents, and keeps the index in step: what is listed and has changed waits to be read, what is not listed has no vector. */
final class Documents {
    private static final String WORDS =
            "setweight(to_tsvector('english', ?), 'A') || setweight(to_tsvector('english', ?), 'B') || setweight(to_tsvector('english', ?), 'C')";

    private Documents() {}

    static void insert(Connection connection, Recorded<?> recorded, Document it, Instant at) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO search_document (title, content, content_hash, category, category_key, skills, skill_keys, currency, price_min, price_max,
                                             delivery_days, availability, words, id, kind, owner_id, listed, listed_at, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s, ?, ?, ?, false, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """.formatted(WORDS),
                Sql.join(values(it), recorded.entityId(), it.kind(), it.ownerId(), at, recorded.sequence()));
    }

    /** A freelancer who has not said anything yet. */
    static void insertBlankProfile(Connection connection, Recorded<?> recorded, Instant at) throws SQLException {
        var blank = new Document(
                Kind.FREELANCER,
                recorded.entityId(),
                "",
                "",
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
        insert(connection, recorded, blank, at);
    }

    static void update(Connection connection, Recorded<?> recorded, Document it, Instant at) throws SQLException {
        var what = """
                title = ?, content = ?, content_hash = ?, category = ?, category_key = ?, skills = ?, skill_keys = ?, currency = ?, price_min = ?, price_max = ?,
                delivery_days = ?, availability = ?, words = %s
                """.formatted(WORDS).strip();
        if (Sql.change(connection, "search_document", recorded, what, values(it)))
            enqueue(connection, recorded.entityId(), at);
    }

    private static Object[] values(Document it) {
        var skills = String.join(", ", it.skills());
        return new Object[] {
            it.title(),
            it.content(),
            it.contentHash(),
            it.category(),
            SearchKey.from(it.category()),
            Sql.texts(it.skills()),
            Sql.texts(it.skillKeys()),
            it.currency(),
            it.minPrice().map(Money::amount),
            it.maxPrice().map(Money::amount),
            it.deliveryDays(),
            it.availability(),
            it.title(),
            skills,
            it.body()
        };
    }

    /** @param offered whether a job or gig is itself open */
    static void setOffered(Connection connection, Recorded<?> recorded, boolean offered, Instant at)
            throws SQLException {
        Sql.list(
                connection,
                "SELECT pg_advisory_xact_lock_shared(hashtextextended(owner_id, 0)) FROM search_document WHERE id = ?",
                _ -> recorded.entityId(),
                recorded.entityId());
        var what = offered ? "offered = true, listed_at = ?" : "offered = false, listed_at = coalesce(listed_at, ?)";
        if (Sql.change(connection, "search_document", recorded, what, at))
            list(connection, "d.id = ?", recorded.entityId(), at);
    }

    /**
     * A person's account is read by another reader than what is theirs: one after the other, so that neither misses what the other writes. What
     * is theirs excludes only the account, not each other.
     */
    static void lockAccount(Connection connection, String account) throws SQLException {
        Sql.list(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", _ -> account, account);
    }

    /** All that is theirs, as it should be now. */
    static void updateListed(Connection connection, String account, Instant at) throws SQLException {
        list(connection, "d.owner_id = ?", account, at);
    }

    private record Changed(String id, boolean listed) {}

    private static void list(Connection connection, String which, String value, Instant at) throws SQLException {
        var changed = Sql.list(
                connection,
                """
                UPDATE search_document d SET listed = NOT listed, listed_at = CASE WHEN listed OR kind <> 'FREELANCER' THEN listed_at ELSE ? END
                 WHERE %s AND d.listed <> (
                       CASE d.kind WHEN 'FREELANCER'
                              THEN d.content <> '' AND EXISTS (SELECT FROM search_person p WHERE p.account_id = d.owner_id AND p.is_freelancer)
                              ELSE d.offered END
                       AND NOT EXISTS (SELECT FROM search_person p WHERE p.account_id = d.owner_id AND p.is_suspended))
                RETURNING id, listed
                """.formatted(which),
                row -> new Changed(row.getString("id"), row.getBoolean("listed")),
                at,
                value);
        for (var it : changed) updateIndex(connection, it.id(), it.listed(), at);
    }

    private static void updateIndex(Connection connection, String id, boolean listed, Instant at) throws SQLException {
        if (listed) enqueue(connection, id, at);
        else {
            Sql.update(
                    connection,
                    "DELETE FROM embedding.vector v USING search_document d WHERE d.id = ? AND v.kind = d.kind AND v.id = d.id",
                    id);
            Sql.update(connection, "DELETE FROM embedding.backlog WHERE id = ?", id);
        }
    }

    private static void enqueue(Connection connection, String id, Instant at) throws SQLException {
        Sql.update(connection, """
                INSERT INTO embedding.backlog (id, since) SELECT id, ? FROM search_document WHERE id = ? AND listed
                ON CONFLICT (id) DO NOTHING
                """, at, id);
    }
}
