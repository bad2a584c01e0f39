package io.guildhall.projections.store;

import io.guildhall.projections.store.Rebuild.Phase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The table of rebuilds. A node claims a rebuild for a limited time and renews the claim with everything that it does.
 * Each claim is an attempt with its own number: a node whose claim another one has taken over changes nothing more.
 */
final class RebuildTable {
    private static final Duration CLAIM_DURATION = Duration.ofSeconds(30);
    private static final int MAX_FAILURE_LENGTH = 2_000;
    private static final List<String> ENDED = Arrays.stream(Phase.values())
            .filter(Phase::hasEnded)
            .map(Phase::name)
            .toList();
    private static final String IS_MINE = " WHERE view = ? AND attempts = ? AND phase <> ALL(?)";

    private RebuildTable() {}

    /**
     * @param attempt the number of the claim
     * @param failures how many attempts before have failed
     */
    record Claim(String view, int attempt, int failures, Phase phase) {}

    /** The rebuild has ended, or another node has claimed it. */
    static final class ClaimLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClaimLostException(Claim claim) {
            super("attempt " + claim.attempt() + " to rebuild " + claim.view() + " was taken over");
        }
    }

    /** An operator has stopped the rebuild. */
    static final class RebuildStoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RebuildStoppedException(Claim claim) {
            super("the rebuild of " + claim.view() + " was stopped");
        }
    }

    /** Adds a rebuild. Returns false if the view is being rebuilt. */
    static boolean request(Connection connection, String view) throws SQLException {
        return Sql.update(connection, """
                        INSERT INTO view_rebuild AS r (view, phase) VALUES (?, 'WAITING')
                        ON CONFLICT (view) DO UPDATE
                           SET phase = excluded.phase, events_done = 0, events_total = 0, requested_at = now(), started_at = NULL,
                               attempts = 0, failures = 0, claimed_until = '-infinity', stop_requested = false, failure = NULL
                         WHERE r.phase = ANY(?)
                        """, view, Sql.texts(ENDED)) == 1;
    }

    /** Returns false if the view is not being rebuilt, or its new tables are already in use. */
    static boolean requestStop(Connection connection, String view) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE view_rebuild SET stop_requested = true WHERE view = ? AND phase IN ('WAITING', 'REPLAYING', 'SWAPPING')",
                        view)
                == 1;
    }

    static List<Rebuild> list(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT * FROM view_rebuild ORDER BY requested_at, view", RebuildTable::read);
    }

    private static Rebuild read(ResultSet row) throws SQLException {
        long done = row.getLong("events_done");
        return new Rebuild(
                row.getString("view"),
                Phase.valueOf(row.getString("phase")),
                done,
                // Events that were written since they were counted are read, too.
                Math.max(done, row.getLong("events_total")),
                Sql.instant(row, "requested_at").orElseThrow(),
                Sql.instant(row, "started_at"),
                row.getInt("attempts"),
                Sql.text(row, "failure"));
    }

    /** Claims the oldest rebuild of these views that no node is running. Unless its new tables serve, it starts again. */
    static Optional<Claim> claim(Connection connection, List<String> views) throws SQLException {
        return Sql.list(
                        connection,
                        """
                        UPDATE view_rebuild
                           SET attempts = attempts + 1, started_at = now(), claimed_until = clock_timestamp() + ? * interval '1 second',
                               phase = CASE phase WHEN 'FINISHING' THEN phase ELSE 'REPLAYING' END,
                               events_done = CASE phase WHEN 'FINISHING' THEN events_done ELSE 0 END
                         WHERE view = (SELECT view FROM view_rebuild
                                        WHERE view = ANY(?) AND phase <> ALL(?) AND claimed_until < clock_timestamp()
                                        ORDER BY requested_at, view LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING view, attempts, failures, phase
                        """,
                        row -> new Claim(
                                row.getString(1), row.getInt(2), row.getInt(3), Phase.valueOf(row.getString(4))),
                        CLAIM_DURATION.toSeconds(),
                        Sql.texts(views),
                        Sql.texts(ENDED))
                .stream()
                .findFirst();
    }

    /**
     * Adds to the number of events that were read, and renews the claim.
     *
     * @throws ClaimLostException if another node has it; the transaction must be rolled back
     * @throws RebuildStoppedException if an operator has stopped the rebuild
     */
    static void addEvents(Connection connection, Claim claim, int events) throws SQLException {
        renew(connection, claim, "events_done = events_done + ?", CLAIM_DURATION, events);
    }

    /** Sets the number of events to read, and renews the claim. Throws as {@link #addEvents}. */
    static void setTotal(Connection connection, Claim claim, long events) throws SQLException {
        renew(connection, claim, "events_total = ?", CLAIM_DURATION, events);
    }

    /** Sets the phase, and renews the claim. Throws as {@link #addEvents}. */
    static void setPhase(Connection connection, Claim claim, Phase phase) throws SQLException {
        renew(connection, claim, "phase = ?", CLAIM_DURATION, phase);
    }

    /** Renews the claim for one long statement. Throws as {@link #addEvents}. */
    static void extend(Connection connection, Claim claim, Duration duration) throws SQLException {
        renew(connection, claim, "stop_requested = stop_requested", duration.plus(CLAIM_DURATION));
    }

    private static void renew(
            Connection connection, Claim claim, String assignment, Duration duration, Object... values)
            throws SQLException {
        var stopRequested = Sql.list(
                connection,
                "UPDATE view_rebuild SET " + assignment
                        + ", claimed_until = clock_timestamp() + ? * interval '1 second'" + IS_MINE
                        + " RETURNING stop_requested AND phase <> 'FINISHING'",
                row -> row.getBoolean(1),
                Sql.join(values, duration.toSeconds(), claim.view(), claim.attempt(), Sql.texts(ENDED)));
        if (stopRequested.isEmpty()) throw new ClaimLostException(claim);
        if (stopRequested.getFirst()) throw new RebuildStoppedException(claim);
    }

    /** Records the end of the rebuild. Returns false if another node has the claim. */
    static boolean end(Connection connection, Claim claim, Phase phase, Optional<String> failure) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE view_rebuild SET phase = ?, failure = ?" + IS_MINE,
                        phase,
                        failure.map(RebuildTable::shortened),
                        claim.view(),
                        claim.attempt(),
                        Sql.texts(ENDED))
                == 1;
    }

    /** Records why the attempt has failed, or what it waits for. Does nothing if another node has the claim. */
    static void setFailure(Connection connection, Claim claim, Optional<String> failure) throws SQLException {
        Sql.update(
                connection,
                "UPDATE view_rebuild SET failure = ?" + IS_MINE,
                failure.map(RebuildTable::shortened),
                claim.view(),
                claim.attempt(),
                Sql.texts(ENDED));
    }

    /**
     * Lets any node start the next attempt. Does nothing if another node has the claim.
     *
     * @param failure empty if the attempt has not failed, such as when its node stops
     */
    static void release(Connection connection, Claim claim, Optional<String> failure) throws SQLException {
        Sql.update(
                connection,
                "UPDATE view_rebuild SET claimed_until = '-infinity', failure = ?, failures = failures + ?" + IS_MINE,
                failure.map(RebuildTable::shortened),
                failure.isPresent() ? 1 : 0,
                claim.view(),
                claim.attempt(),
                Sql.texts(ENDED));
    }

    private static String shortened(String failure) {
        return failure.length() <= MAX_FAILURE_LENGTH ? failure : failure.substring(0, MAX_FAILURE_LENGTH);
    }
}
