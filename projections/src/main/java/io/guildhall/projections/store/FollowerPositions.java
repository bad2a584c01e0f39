package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.Start;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of positions: the position of each reader of a follower in each kind of event. A position is saved only
 * over the one that was read before, so of two readers of the same events only one changes anything.
 */
final class FollowerPositions {
    private FollowerPositions() {}

    /** Another reader has saved a position, or the view is being rebuilt, or the ranges of slices have changed. */
    static final class StalePositionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StalePositionException(String follower, SliceRange range) {
            super("another reader has moved the position of " + follower + " in the slices " + range);
        }
    }

    private record Stored(String kind, SliceRange range, Position position) {
        static Stored read(ResultSet row) throws SQLException {
            return new Stored(
                    row.getString("kind"),
                    new SliceRange(row.getInt("first_slice"), row.getInt("last_slice")),
                    new Position(row.getLong("transaction"), row.getLong("ordering")));
        }
    }

    /**
     * Adds the positions of kinds that a follower has not followed before, and adapts the ranges of slices to the number
     * of readers. Then some events can be read again, and readers with other ranges are stopped.
     *
     * @param horizon where a follower that starts now starts
     */
    static void prepare(Connection connection, Follower follower, List<SliceRange> ranges, long horizon)
            throws SQLException {
        Sql.list(
                connection,
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                _ -> true,
                "follower/" + follower.name());
        var stored = Sql.list(connection, """
                        SELECT kind, first_slice, last_slice, xid::text::bigint AS transaction, ordering
                          FROM follower_position WHERE follower = ? ORDER BY kind, first_slice FOR UPDATE
                        """, Stored::read, follower.name()).stream()
                .collect(Collectors.groupingBy(Stored::kind));
        for (var kind : follower.kinds()) {
            var before = stored.getOrDefault(kind, List.of());
            if (before.isEmpty()) {
                var start = startPosition(connection, follower.start(), kind, horizon);
                insert(connection, follower.name(), kind, ranges, start, List.of());
            } else if (!before.stream().map(Stored::range).toList().equals(ranges)) {
                Sql.update(
                        connection,
                        "DELETE FROM follower_position WHERE follower = ? AND kind = ?",
                        follower.name(),
                        kind);
                countReset(connection);
                insert(connection, follower.name(), kind, ranges, Position.START, before);
            }
        }
    }

    private static void insert(
            Connection connection,
            String follower,
            String kind,
            List<SliceRange> ranges,
            Position start,
            List<Stored> before)
            throws SQLException {
        Sql.updateEach(
                connection,
                "INSERT INTO follower_position (follower, kind, first_slice, last_slice, xid, ordering)"
                        + " VALUES (?, ?, ?, ?, ?::text::xid8, ?)",
                ranges.stream()
                        .map(range -> {
                            var position = before.stream()
                                    .filter(it -> it.range().overlaps(range))
                                    .map(Stored::position)
                                    .min(Comparator.naturalOrder())
                                    .orElse(start);
                            return new Object[] {
                                follower,
                                kind,
                                range.first(),
                                range.last(),
                                Long.toString(position.transaction()),
                                position.ordering()
                            };
                        })
                        .toList());
    }

    private static Position startPosition(Connection connection, Start start, String kind, long horizon)
            throws SQLException {
        return switch (start) {
            case Start.Beginning _ -> Position.START;
            case Start.Now _ -> new Position(horizon, 0);
            case Start.At(var time) ->
                Sql.list(
                                connection,
                                """
                                SELECT xid::text::bigint AS transaction, ordering FROM event_journal
                                 WHERE kind = ? AND write_timestamp >= ? AND xid < ?::text::xid8
                                 ORDER BY xid, ordering LIMIT 1
                                """,
                                row -> new Position(row.getLong(1), row.getLong(2) - 1),
                                kind,
                                time.toEpochMilli(),
                                Long.toString(horizon))
                        .stream()
                        .findFirst()
                        .orElse(new Position(horizon, 0));
        };
    }

    /**
     * Returns the position of a reader by kind.
     *
     * @throws StalePositionException if the range is none of the stored ones
     */
    static Map<String, Position> load(Connection connection, Follower follower, SliceRange range) throws SQLException {
        var positions = new HashMap<String, Position>();
        for (var it : Sql.list(
                connection,
                """
                SELECT kind, first_slice, last_slice, xid::text::bigint AS transaction, ordering FROM follower_position
                 WHERE follower = ? AND kind = ANY(?) AND first_slice = ? AND last_slice = ?
                """,
                Stored::read,
                follower.name(),
                Sql.texts(follower.kinds()),
                range.first(),
                range.last())) positions.put(it.kind(), it.position());
        if (!positions.keySet().equals(Set.copyOf(follower.kinds())))
            throw new StalePositionException(follower.name(), range);
        return positions;
    }

    /**
     * Moves positions of a reader.
     *
     * @param before the positions that were read, by kind
     * @param after the positions that change, by kind
     * @throws StalePositionException if one of them is no longer the stored one; the transaction must be rolled back
     */
    static void save(
            Connection connection,
            String follower,
            SliceRange range,
            Map<String, Position> before,
            Map<String, Position> after)
            throws SQLException {
        // In the order of the kinds, so that two readers of the same events wait for each other and do not deadlock.
        for (var kind : after.keySet().stream().sorted().toList()) {
            var from = requireNonNull(before.get(kind));
            var to = requireNonNull(after.get(kind));
            int changed = Sql.update(
                    connection,
                    """
                    UPDATE follower_position SET xid = ?::text::xid8, ordering = ?
                     WHERE follower = ? AND kind = ? AND first_slice = ? AND last_slice = ? AND xid = ?::text::xid8 AND ordering = ?
                    """,
                    Long.toString(to.transaction()),
                    to.ordering(),
                    follower,
                    kind,
                    range.first(),
                    range.last(),
                    Long.toString(from.transaction()),
                    from.ordering());
            if (changed != 1) throw new StalePositionException(follower, range);
        }
    }

    /**
     * Locks the positions of a follower: its readers wait until the transaction ends before they handle the next
     * events.
     *
     * @return the position of the reader that has read furthest
     */
    static Position lock(Connection connection, String follower) throws SQLException {
        return Sql.list(
                        connection,
                        """
                        SELECT xid::text::bigint AS transaction, ordering FROM follower_position
                         WHERE follower = ? ORDER BY kind, first_slice FOR UPDATE
                        """,
                        row -> new Position(row.getLong("transaction"), row.getLong("ordering")),
                        follower)
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(Position.START);
    }

    /** Moves each reader of a follower, for each kind, to the last event before a horizon, if it is not there. */
    static void moveToLastEvent(Connection connection, String follower, long horizon) throws SQLException {
        Sql.update(connection, """
                UPDATE follower_position p SET xid = last.xid, ordering = last.ordering
                  FROM follower_position before
                 CROSS JOIN LATERAL (
                       SELECT j.xid, j.ordering FROM event_journal j
                        WHERE j.kind = before.kind AND journal_slice(j.persistence_id) BETWEEN before.first_slice AND before.last_slice
                          AND (j.xid, j.ordering) > (before.xid, before.ordering) AND j.xid < ?::text::xid8
                        ORDER BY j.xid DESC, j.ordering DESC LIMIT 1) AS last
                 WHERE before.follower = ? AND p.follower = before.follower AND p.kind = before.kind AND p.first_slice = before.first_slice
                """, Long.toString(horizon), follower);
    }

    /** Moves all readers of a follower, for all kinds of events. */
    static void moveAll(Connection connection, String follower, Position position) throws SQLException {
        Sql.update(
                connection,
                "UPDATE follower_position SET xid = ?::text::xid8, ordering = ? WHERE follower = ?",
                Long.toString(position.transaction()),
                position.ordering(),
                follower);
    }

    /** Has the readers of all nodes load their positions and parked entities again. */
    static void countReset(Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE follower_reset SET resets = resets + 1");
    }
}
