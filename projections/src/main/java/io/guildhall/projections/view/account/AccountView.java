package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.domain.account.Role;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.store.Table;
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
        return List.of(AccountColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccountView::apply));
    }

    private static void apply(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Opened e -> AccountColumns.TABLE.insert(connection, recorded, row(e));
            case Suspended _ -> change(connection, recorded, "status = ?", AccountStatus.SUSPENDED);
            case SuspensionLifted _ -> change(connection, recorded, "status = ?", AccountStatus.ACTIVE);
            case AdminGranted _ ->
                change(
                        connection,
                        recorded,
                        "roles = CASE WHEN 'ADMIN' = ANY(roles) THEN roles ELSE array_append(roles, 'ADMIN') END");
            case AdminRevoked _ -> change(connection, recorded, "roles = array_remove(roles, 'ADMIN')");
            case PremiumGranted _ -> change(connection, recorded, "is_premium = true");
            case PremiumEnded _ -> change(connection, recorded, "is_premium = false");
            case SessionEvent _ -> {}
        }
    }

    private static AccountRow row(Opened event) {
        var owner = event.person();
        return new AccountRow(
                owner.id(),
                EmailAddress.canonicalForm(owner.email()),
                owner.name(),
                owner.country(),
                owner.roles().stream().map(Role::name).toList(),
                AccountStatus.ACTIVE,
                false,
                event.at());
    }

    private static void change(
            Connection connection, Recorded<AccountEvent> recorded, String assignments, Object... values)
            throws SQLException {
        AccountColumns.TABLE.change(connection, recorded, assignments, values);
    }
}
