package io.guildhall.projections.view.ledger;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.ledger.Posting;
import io.guildhall.projections.readmodel.ledger.Posting.Side;
import io.guildhall.projections.readmodel.ledger.Posting.What;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import java.time.Instant;
import java.util.Optional;

/** The table {@code ledger_posting}. */
final class LedgerColumns {
    /**
     * One line of the entry that an event of an escrow or a discrepancy makes.
     *
     * @param escrowId id of the escrow or of the discrepancy
     * @param sequence of the event
     * @param line from 1
     * @param contractId empty if there is none
     * @param milestone 0 if there is none
     * @param amount in minor units; a debit is positive, a credit negative
     * @param note the operator's, if an operator has settled it
     */
    record PostingRow(
            String escrowId,
            long sequence,
            int line,
            String contractId,
            int milestone,
            What what,
            String account,
            long amount,
            String currency,
            Instant at,
            Optional<String> note) {
        Posting posting() {
            return new Posting(
                    escrowId + "/" + sequence,
                    line,
                    at,
                    what,
                    contractId,
                    milestone,
                    account,
                    amount > 0 ? Side.DEBIT : Side.CREDIT,
                    new Money(Math.absExact(amount), currency),
                    note);
        }
    }

    static final RecordColumns<PostingRow> ROW = RecordColumns.of(
                    PostingRow.class,
                    column("escrow_id", TEXT, PostingRow::escrowId),
                    column("sequence", BIGINT, PostingRow::sequence),
                    column("line", INTEGER, PostingRow::line),
                    column("contract_id", TEXT, PostingRow::contractId),
                    column("milestone", INTEGER, PostingRow::milestone),
                    column("what", enumOf(What.class), PostingRow::what),
                    column("account", TEXT, PostingRow::account),
                    column("amount", BIGINT, PostingRow::amount),
                    column("currency", TEXT, PostingRow::currency),
                    column("at", TIMESTAMP, PostingRow::at),
                    optional("note", TEXT, PostingRow::note))
            .with(column("in_totals", BOOLEAN, _ -> true));

    static final Table<PostingRow> TABLE = new Table<>("ledger_posting", ROW, "escrow_id", "sequence", "line");

    private LedgerColumns() {}
}
