package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.account.AccessTables.SessionRow;
import io.guildhall.projections.view.account.AccessTables.SuspensionRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records every ended session with the time at which it was ended, and the last suspension of every account. It cannot
 * be rebuilt, since a rebuild would temporarily readmit users who were logged out or suspended.
 */
public final class AccessView implements View {
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
        return List.of(AccessTables.SESSION, AccessTables.SUSPENSION.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccessView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case LoggedIn e ->
                AccessTables.SESSION.insert(
                        connection,
                        new SessionRow(e.sessionId(), e.accountId(), recorded.sequence(), Optional.empty()));
            case SessionEnded e ->
                Sql.update(
                        connection,
                        "UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
                        e.at(),
                        e.sessionId());
            case AllSessionsEnded e -> endAll(connection, recorded, e.accountId());
            case Suspended e -> {
                endAll(connection, recorded, e.accountId());
                var row = new SuspensionRow(e.accountId(), true, e.reason(), e.by(), e.at());
                AccessTables.SUSPENSION.insertOrReplace(connection, recorded, row);
            }
            case SuspensionLifted e ->
                AccessTables.SUSPENSION.changeRow(connection, recorded, e.accountId(), "is_suspended = false");
            case TokenRotated _, Opened _, EntitlementEvent _ -> {}
        }
    }

    /** Ends the sessions with an earlier login, so that an event that is read again ends no later session. */
    private static void endAll(Connection connection, Recorded<AccountEvent> recorded, String accountId)
            throws SQLException {
        Instant at = recorded.event().at();
        Sql.update(
                connection,
                "UPDATE session SET ended_at = ? WHERE account_id = ? AND number < ? AND ended_at IS NULL",
                at,
                accountId,
                recorded.sequence());
    }
}
