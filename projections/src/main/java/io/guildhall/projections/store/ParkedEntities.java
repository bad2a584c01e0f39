package io.guildhall.projections.store;

import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import io.guildhall.projections.store.ParkedEntity.Cause;
import io.guildhall.projections.store.ParkedEntity.Dropped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of parked entities and dropped events. A reader changes rows in the transaction in which it has moved or
 * confirmed its positions. A change that finds another row than the reader knows fails with a
 * {@link StalePositionException}: another reader or an operator was faster.
 */
final class ParkedEntities {
    /** A follower that would park more stops instead: not the entities are at fault then. */
    static final int MAX_PARKED = 10_000;

    private static final int MAX_REASON_LENGTH = 2_000;
    private static final String IS = " WHERE follower = ? AND kind = ? AND entity_id = ?";

    private ParkedEntities() {}

    private static ParkedEntity read(ResultSet row) throws SQLException {
        return new ParkedEntity(
                row.getString("follower"),
                row.getString("kind"),
                row.getString("entity_id"),
                row.getLong("first_sequence"),
                row.getLong("last_sequence"),
                Cause.valueOf(row.getString("cause")),
                row.getString("reason"),
                row.getInt("tries"),
                Sql.instant(row, "parked_at").orElseThrow(),
                row.getBoolean("retry_requested"));
    }

    /** The parked entities of a reader. */
    static Map<ParkedEntity.Key, ParkedEntity> load(Connection connection, String follower, SliceRange range)
            throws SQLException {
        var parked = new HashMap<ParkedEntity.Key, ParkedEntity>();
        for (var it : Sql.list(connection, """
                SELECT * FROM parked_entity
                 WHERE follower = ? AND journal_slice(kind || '|' || entity_id) BETWEEN ? AND ?
                """, ParkedEntities::read, follower, range.first(), range.last()))
            parked.put(it.key(), it);
        return parked;
    }

    /** @throws IllegalStateException if the follower has parked {@link #MAX_PARKED} entities */
    static void park(Connection connection, ParkedEntity entity) throws SQLException {
        int parked = Sql.update(
                connection,
                """
                INSERT INTO parked_entity (follower, kind, entity_id, first_sequence, last_sequence, cause, reason, tries, parked_at)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
                 WHERE (SELECT count(*) FROM parked_entity WHERE follower = ?) < ?
                """,
                entity.follower(),
                entity.kind(),
                entity.entityId(),
                entity.first(),
                entity.last(),
                entity.cause(),
                shortened(entity.reason()),
                entity.tries(),
                entity.parkedAt(),
                entity.follower(),
                MAX_PARKED);
        if (parked == 0)
            throw new IllegalStateException(entity.follower() + " has parked " + MAX_PARKED
                    + " entities and stops. Remove the cause, then retry them with ./guildhall parked retry.");
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH);
    }

    /** Records that the follower passes over an event of a parked entity. */
    static void skip(Connection connection, String follower, SliceRange range, Envelope event) throws SQLException {
        change(
                connection,
                follower,
                range,
                "UPDATE parked_entity SET last_sequence = greatest(last_sequence, ?)" + IS,
                event.sequence(),
                follower,
                event.kind(),
                event.entityId());
    }

    /** Records that the first event was handled. */
    static void handledFirst(Connection connection, SliceRange range, ParkedEntity entity) throws SQLException {
        change(
                connection,
                entity.follower(),
                range,
                "UPDATE parked_entity SET first_sequence = first_sequence + 1" + IS + " AND first_sequence = ?",
                entity.follower(),
                entity.kind(),
                entity.entityId(),
                entity.first());
    }

    /** Removes an entity of which all events were handled. */
    static void unpark(Connection connection, SliceRange range, ParkedEntity entity) throws SQLException {
        change(
                connection,
                entity.follower(),
                range,
                "DELETE FROM parked_entity" + IS + " AND first_sequence = ?",
                entity.follower(),
                entity.kind(),
                entity.entityId(),
                entity.first());
    }

    /** Records that a requested retry has failed: the entity waits for the next request. */
    static void failed(Connection connection, SliceRange range, ParkedEntity entity, Cause cause, String reason)
            throws SQLException {
        change(
                connection,
                entity.follower(),
                range,
                "UPDATE parked_entity SET cause = ?, reason = ?, tries = tries + 1, retry_requested = false" + IS
                        + " AND first_sequence = ?",
                cause,
                shortened(reason),
                entity.follower(),
                entity.kind(),
                entity.entityId(),
                entity.first());
    }

    private static void change(Connection connection, String follower, SliceRange range, String sql, Object... values)
            throws SQLException {
        if (Sql.update(connection, sql, values) != 1) throw new StalePositionException(follower, range);
    }

    /** Parks these entities of a follower instead of those that it has parked. */
    static void replace(Connection connection, String follower, List<ParkedEntity> entities) throws SQLException {
        Sql.update(connection, "DELETE FROM parked_entity WHERE follower = ?", follower);
        for (var it : entities) park(connection, it);
    }

    /** Whether an operator has dropped this event. */
    static boolean wasDropped(Connection connection, String follower, Envelope event) throws SQLException {
        return !Sql.list(
                        connection,
                        "SELECT sequence_number FROM dropped_event" + IS + " AND sequence_number = ?",
                        row -> row.getLong(1),
                        follower,
                        event.kind(),
                        event.entityId(),
                        event.sequence())
                .isEmpty();
    }

    static List<ParkedEntity> list(Connection connection, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM parked_entity ORDER BY parked_at, follower, kind, entity_id LIMIT ?",
                ParkedEntities::read,
                limit);
    }

    static List<Dropped> dropped(Connection connection, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM dropped_event ORDER BY dropped_at DESC LIMIT ?",
                ParkedEntities::readDropped,
                limit);
    }

    /** Returns the number of entities that will be retried. */
    static int requestRetry(Connection connection) throws SQLException {
        return Sql.update(connection, "UPDATE parked_entity SET retry_requested = true");
    }

    /** Returns whether the entity is parked. */
    static boolean requestRetry(Connection connection, String follower, ParkedEntity.Key entity) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE parked_entity SET retry_requested = true" + IS,
                        follower,
                        entity.kind(),
                        entity.entityId())
                == 1;
    }

    /**
     * Drops the event that failed, and records why. The later events are handled.
     *
     * @return the event; empty if the entity is not parked
     */
    static Optional<Dropped> drop(Connection connection, String follower, ParkedEntity.Key entity, String reason)
            throws SQLException {
        var found = Sql.list(
                connection,
                "SELECT * FROM parked_entity" + IS + " FOR UPDATE",
                ParkedEntities::read,
                follower,
                entity.kind(),
                entity.entityId());
        if (found.isEmpty()) return Optional.empty();
        var parked = found.getFirst();
        Sql.update(
                connection,
                "UPDATE parked_entity SET first_sequence = first_sequence + 1, tries = 0, retry_requested = true" + IS,
                follower,
                entity.kind(),
                entity.entityId());
        return Optional.of(recordDrop(connection, parked, reason));
    }

    /** Records that an operator has dropped the first event of a parked entity. */
    static Dropped recordDrop(Connection connection, ParkedEntity parked, String reason) throws SQLException {
        return Sql.list(
                        connection,
                        """
                INSERT INTO dropped_event (follower, kind, entity_id, sequence_number, failure, tries, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *
                """,
                        ParkedEntities::readDropped,
                        parked.follower(),
                        parked.kind(),
                        parked.entityId(),
                        parked.first(),
                        parked.reason(),
                        parked.tries(),
                        reason)
                .getFirst();
    }

    private static Dropped readDropped(ResultSet row) throws SQLException {
        return new Dropped(
                row.getString("follower"),
                row.getString("kind"),
                row.getString("entity_id"),
                row.getLong("sequence_number"),
                row.getString("failure"),
                row.getInt("tries"),
                row.getString("reason"),
                Sql.instant(row, "dropped_at").orElseThrow());
    }
}
