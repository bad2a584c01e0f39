package io.guildhall.projections.store;

import io.guildhall.projections.store.ParkedEntity.Cause;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The deadlines whose command was rejected at every try. Operators see and settle them like the entities that a follower
 * has parked: the kind is that of the deadline, and its number stands for the event.
 */
final class ParkedDeadlines {
    /** The name that replaces the follower. */
    static final String FOLLOWER = "deadlines";

    private static final String PARKED = " WHERE parked_reason IS NOT NULL AND due_at = 'infinity'";
    private static final String OF_ENTITY = PARKED + " AND kind = ? AND entity_id = ?";
    private static final String RETRY = "UPDATE deadline SET due_at = now(), generation = generation + 1";

    private ParkedDeadlines() {}

    private static ParkedEntity read(ResultSet row) throws SQLException {
        return new ParkedEntity(
                FOLLOWER,
                row.getString("kind"),
                row.getString("entity_id"),
                row.getInt("number"),
                row.getInt("number"),
                Cause.FAILED,
                row.getString("parked_reason"),
                row.getInt("attempts"),
                Sql.instant(row, "parked_at").orElseThrow(),
                false);
    }

    static List<ParkedEntity> list(Connection connection, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM deadline" + PARKED + " ORDER BY parked_at, kind, entity_id, number LIMIT ?",
                ParkedDeadlines::read,
                limit);
    }

    static long count(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT count(*) FROM deadline" + PARKED, row -> row.getLong(1))
                .getFirst();
    }

    /** Returns the number of deadlines that are retried, once each. */
    static int retry(Connection connection) throws SQLException {
        return Sql.update(connection, RETRY + PARKED);
    }

    static int retry(Connection connection, ParkedEntity.Key deadlines) throws SQLException {
        return Sql.update(connection, RETRY + OF_ENTITY, deadlines.kind(), deadlines.entityId());
    }

    /**
     * Removes the parked deadline with the lowest number, and records why.
     *
     * @return what was removed; empty if none is parked
     */
    static Optional<ParkedEntity.Dropped> drop(Connection connection, ParkedEntity.Key deadlines, String reason)
            throws SQLException {
        var found = Sql.list(
                connection,
                "SELECT * FROM deadline" + OF_ENTITY + " ORDER BY number LIMIT 1 FOR UPDATE",
                ParkedDeadlines::read,
                deadlines.kind(),
                deadlines.entityId());
        if (found.isEmpty()) return Optional.empty();
        var parked = found.getFirst();
        Sql.update(
                connection,
                "DELETE FROM deadline" + OF_ENTITY + " AND number = ?",
                parked.kind(),
                parked.entityId(),
                parked.first());
        return Optional.of(ParkedEntities.recordDrop(connection, parked, reason));
    }
}
