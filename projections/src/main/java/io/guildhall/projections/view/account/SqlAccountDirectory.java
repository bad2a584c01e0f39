package io.guildhall.projections.view.account;

import io.guildhall.kernel.EmailAddress;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountFilter;
import io.guildhall.projections.readmodel.account.AccountListing;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.PastSuspension;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Queries of the tables of {@link AccountView} and {@link AccountDetailsView}. */
public final class SqlAccountDirectory implements AccountDirectory {
    private static final String SELECT =
            "SELECT a.*, h.handle FROM account a LEFT JOIN public_user h ON h.account_id = a.id WHERE ";
    private static final PagedQuery<AccountListing> NEWEST_FIRST = PagedQuery.newestFirst(
            "accounts",
            "a.registered_at",
            "a.id",
            SqlAccountDirectory::listing,
            it -> it.account().registeredAt(),
            it -> it.account().id());
    private static final PagedQuery<PastSuspension> SUSPENSIONS = new PagedQuery<>(
            new Keyset<>("suspensions", List.of(Long.MAX_VALUE), it -> List.of(it.number())),
            PagedQuery.Order.DESCENDING,
            List.of("number"),
            AccountDetailTables.SUSPENSION_ROW);

    /** By the suspensions themselves, which are never behind a rebuild. */
    private static final String SUSPENDED =
            "EXISTS (SELECT FROM suspension s WHERE s.account_id = a.id AND s.is_suspended)";

    private final ReadDatabase database;

    public SqlAccountDirectory(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<AccountListing>> search(AccountFilter filter, Page.Request page) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>();
        filter.email().ifPresent(it -> addPrefix("a.email", EmailAddress.canonicalForm(it), conditions, values));
        filter.handle().ifPresent(it -> addPrefix("h.handle", it, conditions, values));
        filter.name().ifPresent(it -> addPrefix("lower(a.name)", it, conditions, values));
        filter.role().ifPresent(it -> {
            conditions.add("? = ANY(a.roles)");
            values.add(it.name());
        });
        filter.suspended().ifPresent(it -> conditions.add((it ? "" : "NOT ") + SUSPENDED));
        var select = SELECT + (conditions.isEmpty() ? "true" : String.join(" AND ", conditions));
        return database.query(connection -> NEWEST_FIRST.page(connection, page, select, values.toArray()));
    }

    private static void addPrefix(String column, String prefix, List<String> conditions, List<Object> values) {
        conditions.add(column + " LIKE ?");
        values.add(prefix.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    @Override
    public CompletionStage<Optional<AccountRow>> find(String accountId) {
        return database.query(connection ->
                Sql.list(connection, "SELECT * FROM account WHERE id = ?", AccountColumns.ROW, accountId).stream()
                        .findFirst());
    }

    @Override
    public CompletionStage<Optional<AccountListing>> findListing(String accountId) {
        return database.query(connection ->
                Sql.list(connection, SELECT + "a.id = ?", SqlAccountDirectory::listing, accountId).stream()
                        .findFirst());
    }

    @Override
    public CompletionStage<Page<PastSuspension>> suspensions(String accountId, Page.Request page) {
        return database.query(connection ->
                SUSPENSIONS.page(connection, page, "SELECT * FROM account_suspension WHERE account_id = ?", accountId));
    }

    private static AccountListing listing(ResultSet row) throws SQLException {
        return new AccountListing(AccountColumns.ROW.read(row), Optional.ofNullable(row.getString("handle")));
    }
}
