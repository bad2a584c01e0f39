package io.guildhall.projections.store;

import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineId;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The planned deadlines. A node handles a deadline that it has claimed; a claim that ends without a result can be claimed
 * again by any node. Each plan of a deadline has its own generation, and the result of a claim changes only the plan that
 * was claimed. Blocks.
 */
final class DeadlineTable {
    /**
     * While a deadline is claimed and not planned again, it is due at the end of its claim. A time that differs from it
     * belongs to a newer plan, of which the earliest counts.
     */
    private static final String PLAN = """
            INSERT INTO deadline AS planned (kind, entity_id, number, group_id, due_at, correlation_id)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, entity_id, number) DO UPDATE
               SET due_at = CASE WHEN planned.due_at = planned.claimed_until THEN excluded.due_at
                                 ELSE least(planned.due_at, excluded.due_at) END,
                   generation = planned.generation + 1,
                   attempts = 0,
                   parked_reason = NULL
            """;

    private static final String MAKE_DUE =
            "UPDATE deadline SET due_at = ?, generation = generation + 1, parked_reason = NULL WHERE kind = ? AND %s = ? AND due_at > ?";

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                 SELECT d.kind, d.entity_id, d.number
                   FROM unnest(?::text[], ?::int[]) AS free (kind, permits)
                  CROSS JOIN LATERAL (
                        SELECT * FROM deadline
                         WHERE kind = free.kind AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
                         ORDER BY due_at LIMIT free.permits FOR UPDATE SKIP LOCKED) AS d)
            UPDATE deadline claimed
               SET due_at = ?, claimed_until = ?, attempts = attempts + 1
              FROM due
             WHERE claimed.kind = due.kind AND claimed.entity_id = due.entity_id AND claimed.number = due.number
            RETURNING claimed.kind, claimed.entity_id, claimed.number, claimed.correlation_id, attempts - 1 AS runs,
                      generation, claimed_until
            """;

    private static final String WHERE_CLAIMED =
            " WHERE kind = ? AND entity_id = ? AND number = ? AND claimed_until = ?";

    private static final String DONE = "DELETE FROM deadline" + WHERE_CLAIMED + " AND generation = ?";

    private static final String RELEASE = "UPDATE deadline SET claimed_until = NULL" + WHERE_CLAIMED;

    private static final String RETRY = """
            UPDATE deadline
               SET claimed_until = NULL, due_at = CASE WHEN generation = ? THEN ? ELSE due_at END
            """ + WHERE_CLAIMED;

    /** A plan that was made in the meantime is not parked. */
    private static final String PARK = """
            UPDATE deadline
               SET claimed_until = NULL,
                   due_at = CASE WHEN generation = ? THEN 'infinity' ELSE due_at END,
                   parked_at = CASE WHEN generation = ? THEN ? ELSE parked_at END,
                   parked_reason = CASE WHEN generation = ? THEN ? END
            """ + WHERE_CLAIMED;

    private static final Backoff REJECTION_PAUSES = new Backoff(Duration.ofMinutes(1), Duration.ofHours(6));
    /** They take about a day. */
    static final int MAX_REJECTIONS = 12;

    private final DataSource database;

    DeadlineTable(DataSource database) {
        this.database = database;
    }

    /** A deadline that this node handles, until the claim ends. */
    record Claim(Deadline deadline, long generation, Instant until) {}

    void plan(Correlation correlation, DeadlineId id, Optional<String> group, Instant due) throws SQLException {
        try (var connection = database.getConnection()) {
            Sql.update(connection, PLAN, id.kind().name(), id.entityId(), id.number(), group, due, correlation.id());
        }
    }

    void makeDue(DeadlineKind kind, String entityId, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            Sql.update(connection, MAKE_DUE.formatted("entity_id"), now, kind.name(), entityId, now);
        }
    }

    void makeGroupDue(DeadlineKind kind, String group, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            Sql.update(connection, MAKE_DUE.formatted("group_id"), now, kind.name(), group, now);
        }
    }

    /** @param limits for each kind, the largest number of deadlines to claim */
    List<Claim> claimDue(Map<DeadlineKind, Integer> limits, Instant now, Duration length) throws SQLException {
        var kinds = List.copyOf(limits.keySet());
        var until = now.plus(length);
        try (var connection = database.getConnection()) {
            return Sql.list(
                    connection,
                    CLAIM,
                    DeadlineTable::claim,
                    kinds.stream().map(DeadlineKind::name).toArray(String[]::new),
                    kinds.stream().map(limits::get).toArray(Integer[]::new),
                    now,
                    now,
                    until,
                    until);
        }
    }

    private static Claim claim(ResultSet row) throws SQLException {
        var id = new DeadlineKind(row.getString("kind")).forEntity(row.getString("entity_id"), row.getInt("number"));
        return new Claim(
                new Deadline(id, row.getInt("runs"), new Correlation(row.getString("correlation_id"))),
                row.getLong("generation"),
                Sql.instant(row, "claimed_until").orElseThrow());
    }

    /**
     * Ends a claim with its result: deletes the plan that was claimed, makes it due again later, or parks it after its last
     * rejection. A newer plan stays as it is. Does nothing if the claim has run out and there is another.
     */
    void save(Claim claim, DeadlineResult result, Instant now) throws SQLException {
        var claimed = claimed(claim);
        try (var connection = database.getConnection()) {
            switch (result) {
                case DeadlineResult.Done _ -> {
                    if (Sql.update(connection, DONE, Sql.join(claimed, claim.generation())) == 0)
                        Sql.update(connection, RELEASE, claimed);
                }
                case DeadlineResult.RetryAfter(var pause) ->
                    Sql.update(
                            connection, RETRY, Sql.join(new Object[] {claim.generation(), now.plus(pause)}, claimed));
                case DeadlineResult.Rejected(var reason) -> {
                    long plan = claim.generation();
                    int run = claim.deadline().run();
                    if (run < MAX_REJECTIONS)
                        Sql.update(
                                connection,
                                RETRY,
                                Sql.join(new Object[] {plan, now.plus(REJECTION_PAUSES.after(run))}, claimed));
                    else Sql.update(connection, PARK, Sql.join(new Object[] {plan, plan, now, plan, reason}, claimed));
                }
            }
        }
    }

    private static Object[] claimed(Claim claim) {
        var id = claim.deadline().id();
        return new Object[] {id.kind().name(), id.entityId(), id.number(), claim.until()};
    }
}
