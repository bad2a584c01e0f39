package io.guildhall.projections.view.ledger;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ledger.Balance;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.ledger.Posting;
import io.guildhall.projections.readmodel.ledger.TrialBalance;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.ledger.LedgerColumns.PostingRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Reads the postings and their running totals. */
public final class SqlLedger implements Ledger {
    private static final PagedQuery<PostingRow> POSTINGS = new PagedQuery<>(
            new Keyset<>(
                    "ledger-contract",
                    List.of(Instant.EPOCH, "", 0L, 0L),
                    row -> List.of(row.at(), row.escrowId(), row.sequence(), (long) row.line())),
            Order.ASCENDING,
            List.of("at", "escrow_id", "sequence", "line"),
            LedgerColumns.ROW);
    private static final Keyset<Balance> ACCOUNTS =
            new Keyset<>("ledger-accounts", List.of("", ""), row -> List.of(row.account(), row.currency()));

    private final ReadDatabase database;

    public SqlLedger(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<Posting>> ofContract(String contractId, Page.Request page) {
        return database.query(connection -> POSTINGS.page(
                        connection, page, "SELECT * FROM ledger_posting WHERE contract_id = ?", contractId)
                .map(PostingRow::posting));
    }

    @Override
    public CompletionStage<TrialBalance> trialBalance() {
        return database.query(connection -> {
            var kinds = Sql.list(
                    connection,
                    "SELECT kind AS account, currency, debits, credits FROM ledger_account_kind ORDER BY kind, currency",
                    SqlLedger::balance);
            var totals = new TreeMap<String, Balance>();
            for (var it : kinds)
                totals.merge(
                        it.currency(), new Balance("all", it.currency(), it.debits(), it.credits()), SqlLedger::sum);
            return new TrialBalance(kinds, List.copyOf(totals.values()));
        });
    }

    private static Balance sum(Balance a, Balance b) {
        return new Balance(
                a.account(),
                a.currency(),
                Math.addExact(a.debits(), b.debits()),
                Math.addExact(a.credits(), b.credits()));
    }

    @Override
    public CompletionStage<Page<Balance>> accounts(Page.Request page) {
        return database.query(connection -> ACCOUNTS.page(
                page,
                (after, limit) -> Sql.list(connection, """
                        SELECT account, currency, debits, credits FROM ledger_account
                         WHERE (account, currency) > (?, ?) ORDER BY account, currency LIMIT ?
                        """, SqlLedger::balance, after.get(0), after.get(1), limit)));
    }

    private static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                row.getString("account"),
                row.getString("currency"),
                row.getBigDecimal("debits").longValueExact(),
                row.getBigDecimal("credits").longValueExact());
    }
}
