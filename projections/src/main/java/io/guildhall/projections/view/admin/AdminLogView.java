package io.guildhall.projections.view.admin;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountEvent.*;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.dataexport.DataExportsEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import io.guildhall.projections.readmodel.admin.AdminLogEntry.Action;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Adds an entry to the log for each action on an account. The database refuses to change or delete entries. So the view
 * cannot be rebuilt: a rebuild would replace them.
 */
public final class AdminLogView implements View {
    private static final String ACCOUNT = Account.AGGREGATE.name();

    @Override
    public String name() {
        return "admin-log";
    }

    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AdminLogColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, AdminLogView::account), on(DataExports.AGGREGATE, AdminLogView::export));
    }

    private static void account(Connection connection, Recorded<AccountEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Suspended e ->
                add(
                        connection,
                        ACCOUNT,
                        recorded,
                        e.at(),
                        e.accountId(),
                        Action.SUSPENDED,
                        e.by(),
                        Optional.of(e.reason()));
            case SuspensionLifted e ->
                add(connection, ACCOUNT, recorded, e.at(), e.accountId(), Action.SUSPENSION_LIFTED, e.by(), e.reason());
            case AdminGranted e ->
                add(connection, ACCOUNT, recorded, e.at(), e.accountId(), Action.ADMIN_GRANTED, e.by(), e.reason());
            case AdminRevoked e ->
                add(
                        connection,
                        ACCOUNT,
                        recorded,
                        e.at(),
                        e.accountId(),
                        Action.ADMIN_REVOKED,
                        e.by(),
                        Optional.of(e.reason()));
            case PremiumGranted e ->
                add(connection, ACCOUNT, recorded, e.at(), e.accountId(), Action.PREMIUM_GRANTED, e.by(), e.reason());
            case PremiumEnded e ->
                add(connection, ACCOUNT, recorded, e.at(), e.accountId(), Action.PREMIUM_ENDED, e.by(), e.reason());
            case Opened _, SessionEvent _ -> {}
        }
    }

    private static void export(Connection connection, Recorded<DataExportsEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ExportRequested e ->
                add(
                        connection,
                        DataExports.AGGREGATE.name(),
                        recorded,
                        e.at(),
                        e.accountId(),
                        Action.DATA_EXPORT_REQUESTED,
                        e.accountId(),
                        Optional.empty());
            case ExportFinished _, ExportFailed _ -> {}
        }
    }

    private static void add(
            Connection connection,
            String kind,
            Recorded<?> recorded,
            Instant at,
            String accountId,
            Action action,
            String by,
            Optional<String> reason)
            throws SQLException {
        var id = kind + "/" + recorded.entityId() + "/" + recorded.sequence();
        AdminLogColumns.TABLE.insert(connection, new AdminLogEntry(id, at, accountId, action, by, reason));
    }
}
