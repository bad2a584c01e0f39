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
import io.guildhall.projections.view.account.AccountColumns.VersionedRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes every account with its status. */
public final class AccountView implements View {
    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AccountColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccountView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Registered e -> register(connection, recorded, e.person(), AccountStatus.UNVERIFIED);
            // The registration whose link was followed need not be the last one.
            case Verified e -> register(connection, recorded, e.person(), AccountStatus.ACTIVE);
            case Suspended e -> change(connection, recorded, e.accountId(), "status = ?", AccountStatus.SUSPENDED);
            case SuspensionLifted e -> change(connection, recorded, e.accountId(), "status = ?", AccountStatus.ACTIVE);
            case AdminGranted e ->
                change(
                        connection,
                        recorded,
                        e.accountId(),
                        "roles = CASE WHEN 'ADMIN' = ANY(roles) THEN roles ELSE array_append(roles, 'ADMIN') END");
            case PremiumGranted e -> change(connection, recorded, e.accountId(), "is_premium = true");
            case PremiumEnded e -> change(connection, recorded, e.accountId(), "is_premium = false");
            case RegistrationRepeated _, SessionEvent _ -> {}
        }
    }

    private static void register(
            Connection connection, Recorded<AccountEvent> recorded, AccountOwner owner, AccountStatus status)
            throws SQLException {
        var address = recorded.entityId();
        long version = recorded.sequence();
        var later = Sql.list(
                connection,
                "SELECT id FROM account WHERE address = ? AND version >= ?",
                row -> row.getString(1),
                address,
                version);
        if (!later.isEmpty()) return;
        // An address that registers again before it is verified keeps one row: that of the last registration.
        Sql.update(connection, "DELETE FROM account WHERE address = ? AND id <> ?", address, owner.id());
        var row = new AccountRow(
                owner.id(),
                address,
                owner.email(),
                owner.name(),
                owner.country(),
                owner.roles().stream().map(Role::name).toList(),
                status,
                false,
                recorded.event().at());
        if (!AccountColumns.TABLE.insert(connection, new VersionedRow(row, version)))
            change(connection, recorded, owner.id(), "status = ?", status);
    }

    /** Changes nothing if the row includes this event already. */
    private static void change(
            Connection connection, Recorded<AccountEvent> recorded, String id, String assignments, Object... values)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE account SET " + assignments + ", version = ? WHERE id = ? AND version < ?",
                Sql.join(values, recorded.sequence(), id, recorded.sequence()));
    }
}
