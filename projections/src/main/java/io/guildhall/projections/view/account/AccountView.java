package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.account.AccountColumns.SessionRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes every account with its status, and every session with the time at which it was ended. */
public final class AccountView implements View {
    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AccountColumns.TABLE, AccountColumns.SESSIONS);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccountView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Registered e -> register(connection, recorded.entityId(), e.person(), e.at());
            case Verified e -> {
                // The registration whose link was followed need not be the last one.
                register(connection, recorded.entityId(), e.person(), e.at());
                status(connection, e.person().id(), AccountStatus.ACTIVE);
            }
            case Suspended e -> {
                status(connection, e.accountId(), AccountStatus.SUSPENDED);
                endAll(connection, e.accountId(), recorded.sequence(), e.at());
            }
            case SuspensionLifted e -> status(connection, e.accountId(), AccountStatus.ACTIVE);
            case AdminGranted e -> grantAdmin(connection, e.accountId());
            case PremiumGranted e -> premium(connection, e.accountId(), true);
            case PremiumEnded e -> premium(connection, e.accountId(), false);
            case LoggedIn e ->
                AccountColumns.SESSIONS.insert(
                        connection,
                        new SessionRow(e.sessionId(), e.accountId(), recorded.sequence(), Optional.empty()));
            case SessionEnded e ->
                Sql.update(
                        connection,
                        "UPDATE account_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
                        e.at(),
                        e.sessionId());
            case AllSessionsEnded e -> endAll(connection, e.accountId(), recorded.sequence(), e.at());
            case RegistrationRepeated _, TokenRotated _ -> {}
        }
    }

    private static void register(Connection connection, String address, AccountOwner owner, Instant at)
            throws SQLException {
        // An address that registers again before it is verified keeps one row: that of the last registration.
        Sql.update(connection, "DELETE FROM account WHERE address = ? AND id <> ?", address, owner.id());
        var row = new AccountRow(
                owner.id(),
                address,
                owner.email(),
                owner.name(),
                owner.country(),
                owner.roles().stream().map(Role::name).toList(),
                AccountStatus.UNVERIFIED,
                false,
                at);
        AccountColumns.TABLE.insert(connection, row);
    }

    private static void status(Connection connection, String id, AccountStatus status) throws SQLException {
        Sql.update(connection, "UPDATE account SET status = ? WHERE id = ?", status, id);
    }

    private static void grantAdmin(Connection connection, String id) throws SQLException {
        Sql.update(
                connection,
                "UPDATE account SET roles = array_append(roles, 'ADMIN') WHERE id = ? AND NOT 'ADMIN' = ANY(roles)",
                id);
    }

    private static void premium(Connection connection, String id, boolean isPremium) throws SQLException {
        Sql.update(connection, "UPDATE account SET is_premium = ? WHERE id = ?", isPremium, id);
    }

    /** Ends the sessions with an earlier login, so that an event that is read again ends no later session. */
    private static void endAll(Connection connection, String id, long number, Instant at) throws SQLException {
        Sql.update(
                connection,
                "UPDATE account_session SET ended_at = ? WHERE account_id = ? AND number < ? AND ended_at IS NULL",
                at,
                id,
                number);
    }
}
