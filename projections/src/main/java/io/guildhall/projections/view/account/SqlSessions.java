package io.guildhall.projections.view.account;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.SessionRow;
import io.guildhall.projections.readmodel.account.Sessions;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Stores sessions in the database, for all nodes. {@link AccessView} ends all sessions of an account. */
public final class SqlSessions implements Sessions {
    /** For {@link #sweep}. */
    public static final int SWEEP_CONNECTIONS = 1;

    /** Longer than any access token of the session is valid: a node that has just started must know that it has ended. */
    static final Duration RETENTION = Duration.ofDays(1);

    private static final int MAX_DELETED_AT_ONCE = 5_000;
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    /**
     * Until the transaction ends, no other session of the account starts, and no statement ends several of them. It comes
     * before all statements about sessions, so that transactions do not deadlock.
     */
    private static final String LOCK_ACCOUNT = """
            INSERT INTO session_generation AS g (account_id, generation) VALUES (?, 0)
            ON CONFLICT (account_id) DO UPDATE SET generation = g.generation
            RETURNING generation
            """;

    private static final String END_OLDEST = """
            UPDATE session SET ended_at = ? WHERE id IN (
                SELECT id FROM session WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?
                 ORDER BY started_at DESC, id DESC OFFSET ?)
            """;
    private static final String START = """
            INSERT INTO session (id, account_id, generation, device, application, network,
                                 started_at, last_used_at, expires_at, token_number, token_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
            """;
    private static final String LOCK_OPEN = """
            SELECT token_number, token_at, expires_at FROM session
             WHERE id = ? AND account_id = ? AND ended_at IS NULL AND expires_at > ? FOR UPDATE
            """;
    private static final String ROTATE =
            "UPDATE session SET token_number = token_number + 1, token_at = ?, last_used_at = ?, network = ? WHERE id = ?";
    private static final String OPEN =
            "SELECT * FROM session WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?";
    private static final String SWEEP = """
            DELETE FROM session WHERE id IN (
                SELECT id FROM session WHERE ended_at < ? OR expires_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)
            """;

    private static final PagedQuery<SessionRow> NEWEST_FIRST = PagedQuery.newestFirst(
            "sessions", "started_at", "id", SqlSessions::session, SessionRow::startedAt, SessionRow::id);

    private record Token(int number, Instant at, Instant sessionExpires) {
        static Token read(ResultSet row) throws SQLException {
            return new Token(
                    row.getInt("token_number"),
                    Sql.instant(row, "token_at").orElseThrow(),
                    Sql.instant(row, "expires_at").orElseThrow());
        }

        boolean isInGrace(Instant now) {
            return now.isBefore(at.plus(GRACE));
        }
    }

    private final ReadDatabase database;

    public SqlSessions(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Instant>> start(NewSession session, Instant now) {
        return database.inTransaction(connection -> {
            int generation = lockAccount(connection, session.accountId());
            if (generation > session.generation()) return Optional.empty();
            Sql.update(connection, END_OLDEST, now, session.accountId(), now, MAX_PER_ACCOUNT - 1);
            var expires = now.plus(LIFETIME);
            Sql.update(
                    connection,
                    START,
                    session.id(),
                    session.accountId(),
                    session.generation(),
                    session.device(),
                    session.application(),
                    session.network(),
                    now,
                    now,
                    expires,
                    now);
            return Optional.of(expires);
        });
    }

    /** Returns how often all sessions of the account were ended. */
    static int lockAccount(Connection connection, String accountId) throws SQLException {
        return Sql.list(connection, LOCK_ACCOUNT, row -> row.getInt("generation"), accountId)
                .getFirst();
    }

    @Override
    public CompletionStage<Refresh> refresh(
            String accountId, String sessionId, int number, String network, Instant now) {
        return database.inTransaction(connection -> {
            var open = Sql.list(connection, LOCK_OPEN, Token::read, sessionId, accountId, now);
            // A higher number than the current one is possible only after an older copy of the database was restored.
            if (open.isEmpty() || number > open.getFirst().number()) return new Refresh.Ended();
            var current = open.getFirst();
            if (current.isInGrace(now) && number >= current.number() - 1)
                return new Refresh.Refreshed(current.number(), current.sessionExpires());
            if (number < current.number()) return new Refresh.Reused();
            Sql.update(connection, ROTATE, now, now, network, sessionId);
            return new Refresh.Refreshed(current.number() + 1, current.sessionExpires());
        });
    }

    @Override
    public CompletionStage<Boolean> end(String accountId, String sessionId, Instant now) {
        return database.query(connection -> Sql.update(
                        connection,
                        "UPDATE session SET ended_at = coalesce(ended_at, ?) WHERE id = ? AND account_id = ?",
                        now,
                        sessionId,
                        accountId)
                == 1);
    }

    @Override
    public CompletionStage<Void> endOthers(String accountId, String sessionId, Instant now) {
        return database.runInTransaction(connection -> {
            lockAccount(connection, accountId);
            Sql.update(
                    connection,
                    "UPDATE session SET ended_at = ? WHERE account_id = ? AND id <> ? AND ended_at IS NULL",
                    now,
                    accountId,
                    sessionId);
        });
    }

    @Override
    public CompletionStage<Page<SessionRow>> ofAccount(String accountId, Instant now, Page.Request page) {
        return database.query(connection -> NEWEST_FIRST.page(connection, page, OPEN, accountId, now));
    }

    private static SessionRow session(ResultSet row) throws SQLException {
        return new SessionRow(
                row.getString("id"),
                row.getString("account_id"),
                Sql.text(row, "device"),
                row.getString("application"),
                row.getString("network"),
                Sql.instant(row, "started_at").orElseThrow(),
                Sql.instant(row, "last_used_at").orElseThrow(),
                Sql.instant(row, "expires_at").orElseThrow());
    }

    /**
     * Deletes sessions that ended or expired a day ago, at most {@value #MAX_DELETED_AT_ONCE} of them. Several nodes can do
     * it at the same time.
     *
     * @return how long to wait until the next time
     */
    public Duration sweep(InstantSource clock) throws SQLException {
        var before = clock.instant().minus(RETENTION);
        int deleted = database.queryBlocking(
                connection -> Sql.update(connection, SWEEP, before, before, MAX_DELETED_AT_ONCE));
        return deleted == MAX_DELETED_AT_ONCE ? Duration.ZERO : SWEEP_INTERVAL;
    }
}
