package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.account.PastSuspension;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes what admins see of an account beyond its row: every suspension with its end. */
public final class AccountDetailsView implements View {
    private static final String LIFT = """
            UPDATE account_suspension SET lifted_by = ?, lifted_at = ?
             WHERE account_id = ? AND lifted_at IS NULL
               AND number = (SELECT max(number) FROM account_suspension WHERE account_id = ? AND number < ?)
            """;

    @Override
    public String name() {
        return "account-details";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AccountDetailTables.SUSPENSION);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AccountDetailsView::account));
    }

    private static void account(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Suspended e ->
                AccountDetailTables.SUSPENSION.insert(
                        connection,
                        new PastSuspension(
                                e.accountId(),
                                recorded.sequence(),
                                e.reason(),
                                e.by(),
                                e.at(),
                                Optional.empty(),
                                Optional.empty()));
            case SuspensionLifted e ->
                Sql.update(connection, LIFT, e.by(), e.at(), e.accountId(), e.accountId(), recorded.sequence());
            case Opened _, SessionEvent _, EntitlementEvent _ -> {}
        }
    }
}
