package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.domain.account.Person;
import io.guildhall.domain.account.Role;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Every account with its status, and every session with its end. */
public final class AccountView implements View {
    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccountView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Registered e -> register(connection, recorded.entityId(), e.person(), e.at());
            case Verified e -> {
                // Of several registrations the one whose link was followed, which need not be the last.
                register(connection, recorded.entityId(), e.person(), e.at());
                status(connection, e.person().id(), "ACTIVE");
            }
            case Suspended e -> {
                status(connection, e.accountId(), "SUSPENDED");
                endAll(connection, e.accountId(), recorded.sequence(), e.at());
            }
            case SuspensionLifted e -> status(connection, e.accountId(), "ACTIVE");
            case AdminGranted e -> grantAdmin(connection, e.accountId());
            case PremiumGranted e -> premium(connection, e.accountId(), true);
            case PremiumEnded e -> premium(connection, e.accountId(), false);
            case LoggedIn e -> Sql.update(connection, """
                        INSERT INTO account_session (id, account_id, number) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING
                        """, e.sessionId(), e.accountId(), recorded.sequence());
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

    private static void register(Connection connection, String address, Person person, Instant at) throws SQLException {
        // Registered again before the e-mail was verified: one row for an e-mail, that of the last who did.
        Sql.update(connection, "DELETE FROM account WHERE address = ? AND id <> ?", address, person.id());
        Sql.update(
                connection,
                """
                INSERT INTO account (id, address, email, name, country, roles, status, registered_at)
                VALUES (?, ?, ?, ?, ?, ?, 'UNVERIFIED', ?)
                ON CONFLICT (id) DO NOTHING
                """,
                person.id(),
                address,
                person.email(),
                person.name(),
                person.country(),
                Sql.texts(person.roles().stream().map(Role::name).toList()),
                at);
    }

    private static void status(Connection connection, String id, String status) throws SQLException {
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

    /** Those begun before: one that was begun since is not ended when the event comes again. */
    private static void endAll(Connection connection, String id, long number, Instant at) throws SQLException {
        Sql.update(
                connection,
                "UPDATE account_session SET ended_at = ? WHERE account_id = ? AND number < ? AND ended_at IS NULL",
                at,
                id,
                number);
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE account, account_session");
    }
}
