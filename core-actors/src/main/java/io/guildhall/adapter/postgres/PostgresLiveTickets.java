package io.guildhall.adapter.postgres;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.guildhall.domain.account.Role;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.RandomTokens;
import io.guildhall.kernel.Sha256;
import io.guildhall.port.LiveTickets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores tickets in the database, so that each node can redeem them: redeeming deletes the row. */
public final class PostgresLiveTickets implements LiveTickets {
    private static final int MAX_DELETED_AT_ONCE = 5_000;
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor calls;

    /** @param maxConcurrent as many as the pool has connections for it, without the one of {@link #sweep} */
    public PostgresLiveTickets(DataSource database, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.calls = new BoundedExecutor("live-tickets", maxConcurrent, Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    @Override
    public CompletionStage<String> issue(Session session, Duration lifetime) {
        var ticket = RandomTokens.create();
        return calls.call(() -> {
            insert(ticket, session, Timestamp.from(clock.instant().plus(lifetime)));
            return ticket;
        });
    }

    private void insert(String ticket, Session session, Timestamp expires) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO live_ticket (hash, account_id, session_id, roles, access_expires, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)) {
            insert.setBytes(1, Sha256.digest(ticket));
            insert.setString(2, session.accountId());
            insert.setString(3, session.sessionId());
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "text", session.roles().stream().map(Role::name).toArray()));
            insert.setTimestamp(5, Timestamp.from(session.accessExpires()));
            insert.setTimestamp(6, expires);
            insert.executeUpdate();
        }
    }

    @Override
    public CompletionStage<Optional<Session>> redeem(String ticket) {
        return calls.call(() -> delete(ticket));
    }

    private Optional<Session> delete(String ticket) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM live_ticket WHERE hash = ? RETURNING *")) {
            delete.setBytes(1, Sha256.digest(ticket));
            try (var row = delete.executeQuery()) {
                if (!row.next()
                        || !clock.instant()
                                .isBefore(row.getTimestamp("expires_at").toInstant())) return Optional.empty();
                return Optional.of(new Session(
                        row.getString("account_id"),
                        row.getString("session_id"),
                        Arrays.stream((String[]) row.getArray("roles").getArray())
                                .map(Role::valueOf)
                                .collect(toUnmodifiableSet()),
                        row.getTimestamp("access_expires").toInstant()));
            }
        }
    }

    /**
     * Deletes tickets that expired, at most {@value #MAX_DELETED_AT_ONCE} of them. Several nodes can do it at the same
     * time.
     *
     * @return how long to wait until the next time
     */
    public Duration sweep() throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        DELETE FROM live_ticket WHERE hash IN (
                            SELECT hash FROM live_ticket WHERE expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)
                        """)) {
            delete.setTimestamp(1, Timestamp.from(clock.instant()));
            delete.setInt(2, MAX_DELETED_AT_ONCE);
            return delete.executeUpdate() == MAX_DELETED_AT_ONCE ? Duration.ZERO : SWEEP_INTERVAL;
        }
    }
}
