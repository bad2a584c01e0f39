package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.account.AccessTables.SuspensionRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Ends the sessions that the journal ends, and records how often all sessions of an account were ended, and its last
 * suspension. It cannot be rebuilt, since a rebuild would temporarily readmit users who were logged out or suspended.
 * Requests start and end sessions too, see {@link SqlSessions}.
 */
public final class AccessView implements View {
    private static final String NEXT_GENERATION = """
            INSERT INTO session_generation AS g (account_id, generation) VALUES (?, ?)
            ON CONFLICT (account_id) DO UPDATE SET generation = excluded.generation WHERE g.generation < excluded.generation
            """;

    @Override
    public String name() {
        return "access";
    }

    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AccessTables.GENERATION, AccessTables.SUSPENSION.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccessView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case AllSessionsEnded e -> endAll(connection, e);
            case TokenReused e -> {
                // All statements lock the account before its sessions.
                SqlSessions.lockAccount(connection, e.accountId());
                Sql.update(
                        connection,
                        "UPDATE session SET ended_at = now() WHERE id = ? AND account_id = ? AND ended_at IS NULL",
                        e.sessionId(),
                        e.accountId());
            }
            case Suspended e ->
                AccessTables.SUSPENSION.insertOrReplace(
                        connection, recorded, new SuspensionRow(e.accountId(), true, e.reason(), e.by(), e.at()));
            case SuspensionLifted e ->
                AccessTables.SUSPENSION.changeRow(connection, recorded, e.accountId(), "is_suspended = false");
            case DeviceAdded _, Opened _, EntitlementEvent _ -> {}
        }
    }

    /**
     * The row of the generation is written first: until the end of the transaction, no login can start a session of an
     * earlier one. The time of the end is that of the transaction, so that every node reads it even if the view was late.
     */
    private static void endAll(Connection connection, AllSessionsEnded event) throws SQLException {
        Sql.update(connection, NEXT_GENERATION, event.accountId(), event.generation());
        Sql.update(
                connection,
                "UPDATE session SET ended_at = now() WHERE account_id = ? AND generation < ? AND ended_at IS NULL",
                event.accountId(),
                event.generation());
    }
}
