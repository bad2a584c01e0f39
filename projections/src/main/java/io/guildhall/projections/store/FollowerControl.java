package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Shows the progress of all followers and settles parked entities, for operators. */
public final class FollowerControl {
    /** Unhandled events are counted up to this number, for each reader and kind of event. */
    private static final int MAX_COUNT = 10_000;

    private static final String PROGRESS = """
            SELECT p.follower, count(*) AS positions, sum(unread.events) AS events, max(unread.events) AS most, min(unread.since) AS since,
                   avg(CASE WHEN unread.events = 0 OR newest.ordering = 0 THEN 1 ELSE least(1, p.ordering::float8 / newest.ordering) END) AS done
              FROM unnest(?::text[], ?::text[]) AS f(follower, kind)
              JOIN follower_position p ON p.follower = f.follower AND p.kind = f.kind
             CROSS JOIN LATERAL (
                   SELECT count(*) AS events, min(write_timestamp) AS since
                     FROM (SELECT j.write_timestamp FROM event_journal j
                            WHERE j.kind = p.kind AND journal_slice(j.persistence_id) BETWEEN p.first_slice AND p.last_slice
                              AND (j.xid, j.ordering) > (p.xid, p.ordering)
                            ORDER BY j.xid, j.ordering
                            LIMIT %d) AS next) AS unread
             CROSS JOIN LATERAL (
                   SELECT coalesce(max(ordering), 0) AS ordering
                     FROM (SELECT j.ordering FROM event_journal j WHERE j.kind = p.kind
                            ORDER BY j.xid DESC, j.ordering DESC
                            LIMIT 1) AS last) AS newest
             GROUP BY p.follower
            """.formatted(MAX_COUNT);

    private static final String BEHIND_SINCE = """
            SELECT p.follower, min(unread.since) AS since
              FROM unnest(?::text[], ?::text[]) AS f(follower, kind)
              JOIN follower_position p ON p.follower = f.follower AND p.kind = f.kind
             CROSS JOIN LATERAL (
                   SELECT j.write_timestamp AS since FROM event_journal j
                    WHERE j.kind = p.kind AND journal_slice(j.persistence_id) BETWEEN p.first_slice AND p.last_slice
                      AND (j.xid, j.ordering) > (p.xid, p.ordering)
                    ORDER BY j.xid, j.ordering
                    LIMIT 1) AS unread
             GROUP BY p.follower
            """;

    private final DataSource database;
    private final List<Follower> followers;

    FollowerControl(DataSource database, List<Follower> followers) {
        this.database = database;
        this.followers = followers;
    }

    /**
     * The progress of a follower.
     *
     * @param type {@code view}, {@code process} or {@code relay}
     * @param eventsBehind the number of events that it has not handled yet
     * @param isMinimum whether it is so far behind that not all events were counted
     * @param behindSince the time of the first event that it has not handled; empty if it has handled all
     * @param percent how much of the journal it has read, about
     */
    public record Progress(
            String follower,
            String type,
            long eventsBehind,
            boolean isMinimum,
            Optional<Instant> behindSince,
            double percent) {}

    /** The progress of every follower, in the order in which they were started. Blocks for one query. */
    public List<Progress> progress() throws SQLException {
        var names = new ArrayList<String>();
        var kinds = new ArrayList<String>();
        var progress = new LinkedHashMap<String, Progress>();
        for (var follower : followers) {
            progress.put(
                    follower.name(), new Progress(follower.name(), type(follower), 0, false, Optional.empty(), 100));
            for (var kind : follower.kinds()) {
                names.add(follower.name());
                kinds.add(kind);
            }
        }
        try (var connection = database.getConnection()) {
            for (var it :
                    Sql.list(connection, PROGRESS, row -> progress(row, progress), Sql.texts(names), Sql.texts(kinds)))
                progress.put(it.follower(), it);
        }
        return List.copyOf(progress.values());
    }

    private static String type(Follower follower) {
        return follower.type().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns since when each follower has had an event to handle, without the followers that have handled all. Cheaper
     * than {@link #progress}. Blocks for one query.
     */
    public Map<String, Instant> behindSince() throws SQLException {
        var names = new ArrayList<String>();
        var kinds = new ArrayList<String>();
        for (var follower : followers)
            for (var kind : follower.kinds()) {
                names.add(follower.name());
                kinds.add(kind);
            }
        var since = new HashMap<String, Instant>();
        try (var connection = database.getConnection()) {
            Sql.list(
                    connection,
                    BEHIND_SINCE,
                    row -> since.put(row.getString("follower"), Instant.ofEpochMilli(row.getLong("since"))),
                    Sql.texts(names),
                    Sql.texts(kinds));
        }
        return since;
    }

    /** The names of all followers. */
    public List<String> names() {
        return followers.stream().map(Follower::name).toList();
    }

    private static Progress progress(ResultSet row, Map<String, Progress> followers) throws SQLException {
        var name = row.getString("follower");
        long since = row.getLong("since");
        boolean isBehind = !row.wasNull();
        return new Progress(
                name,
                requireNonNull(followers.get(name)).type(),
                row.getLong("events"),
                row.getLong("most") == MAX_COUNT,
                isBehind ? Optional.of(Instant.ofEpochMilli(since)) : Optional.empty(),
                100 * row.getDouble("done"));
    }

    /** The oldest parked entities and deadlines, up to {@code limit} each. Blocks. */
    public List<ParkedEntity> parked(int limit) throws SQLException {
        try (var connection = database.getConnection()) {
            return Stream.concat(
                            ParkedEntities.list(connection, limit).stream(),
                            ParkedDeadlines.list(connection, limit).stream())
                    .toList();
        }
    }

    /** The number of parked deadlines. Blocks. */
    public long parkedDeadlines() throws SQLException {
        try (var connection = database.getConnection()) {
            return ParkedDeadlines.count(connection);
        }
    }

    /** The dropped events, newest first, up to {@code limit}. Blocks. */
    public List<ParkedEntity.Dropped> dropped(int limit) throws SQLException {
        try (var connection = database.getConnection()) {
            return ParkedEntities.dropped(connection, limit);
        }
    }

    /**
     * Retries all parked entities and deadlines. Blocks.
     *
     * @return their number
     */
    public int retryParked() throws SQLException {
        return settle(connection -> ParkedEntities.requestRetry(connection) + ParkedDeadlines.retry(connection));
    }

    /**
     * Retries the events of a parked entity, in their order, or its parked deadlines of a kind. Blocks.
     *
     * @param follower "deadlines" for deadlines
     * @return whether it is parked
     */
    public boolean retryParked(String follower, String kind, String entityId) throws SQLException {
        var key = new ParkedEntity.Key(kind, entityId);
        return settle(connection -> follower.equals(ParkedDeadlines.FOLLOWER)
                ? ParkedDeadlines.retry(connection, key) > 0
                : ParkedEntities.requestRetry(connection, follower, key));
    }

    /**
     * Drops the event at which an entity is parked, so that the later ones are handled; or drops a parked deadline.
     * Blocks.
     *
     * @param follower "deadlines" for deadlines
     * @param reason recorded with the event
     * @return the event; empty if the entity is not parked
     */
    public Optional<ParkedEntity.Dropped> dropParked(String follower, String kind, String entityId, String reason)
            throws SQLException {
        var key = new ParkedEntity.Key(kind, entityId);
        return settle(connection -> follower.equals(ParkedDeadlines.FOLLOWER)
                ? ParkedDeadlines.drop(connection, key, reason)
                : ParkedEntities.drop(connection, follower, key, reason));
    }

    /** The readers notice the change with the reset. */
    private <T> T settle(ReadDatabase.Query<T> change) throws SQLException {
        try (var connection = database.getConnection()) {
            return ReadDatabase.inTransaction(connection, it -> {
                commitToDisk(it);
                var result = change.on(it);
                FollowerPositions.countReset(it);
                return result;
            });
        }
    }

    /** What an operator has settled must not be lost, as the rows of a view may be. */
    private static void commitToDisk(Connection connection) throws SQLException {
        Sql.update(connection, "SET LOCAL synchronous_commit = on");
    }
}
