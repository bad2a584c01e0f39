package io.guildhall.projections.view.ledger;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.ledger.Posting.What;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.ledger.LedgerColumns.PostingRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the double-entry ledger. Money that comes in is owed to an escrow. A release turns what is owed to the escrow
 * into what is owed to the freelancer and the platform's revenue. Payouts and refunds take money from the cash at the
 * provider. Money that moved without an escrow to account for it is a surplus, which is sent back or written off, that
 * is, becomes a gain or loss of the platform. Every entry adds up to zero, which the database enforces, so the sum over all accounts is zero after every
 * event.
 */
public final class LedgerView implements View {
    private static final String CASH = "provider-cash";
    private static final String FEES = "revenue:fees";
    private static final String WRITE_OFFS = "write-offs";

    /** @param amount in minor units; a debit is positive, a credit negative */
    private record Line(String account, long amount) {}

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(LedgerColumns.TABLE, LedgerTotals.ACCOUNTS, LedgerTotals.KINDS);
    }

    @Override
    public void lock(Connection connection, List<Recorded<?>> events) throws SQLException {
        LedgerTotals.lock(connection);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Escrow.AGGREGATE, LedgerView::applyEscrow), on(Discrepancy.AGGREGATE, LedgerView::applyDiscrepancy));
    }

    private static void applyEscrow(Connection connection, Recorded<EscrowEvent> recorded) throws SQLException {
        var deal = recorded.event().deal();
        var escrow = "escrow:" + recorded.entityId();
        var payable = "payable:" + deal.freelancerId();
        switch (recorded.event()) {
            case EscrowEvent.MoneyHeld _ ->
                post(connection, recorded, What.HELD, debit(CASH, deal.amount()), credit(escrow, deal.amount()));
            case EscrowEvent.ReleaseStarted e ->
                post(
                        connection,
                        recorded,
                        What.RELEASE_STARTED,
                        debit(escrow, e.net().plus(e.fee())),
                        credit(payable, e.net()),
                        credit(FEES, e.fee()));
            case EscrowEvent.ReleaseAbandoned e ->
                post(
                        connection,
                        recorded,
                        What.RELEASE_ABANDONED,
                        debit(payable, e.net()),
                        debit(FEES, e.fee()),
                        credit(escrow, e.net().plus(e.fee())));
            case EscrowEvent.MoneyReleased e ->
                post(connection, recorded, What.RELEASED, debit(payable, e.net()), credit(CASH, e.net()));
            case EscrowEvent.MoneyRefunded e ->
                post(connection, recorded, What.REFUNDED, debit(escrow, e.amount()), credit(CASH, e.amount()));
            case EscrowEvent.ReleaseSettledOutside e -> settleOutside(connection, recorded, e, payable);
            case EscrowEvent.RefundSettledOutside e -> settleOutside(connection, recorded, e, escrow);
            case EscrowEvent.CallEvent _, EscrowEvent.SplitEvent _, EscrowEvent.Opened _, EscrowEvent.Cancelled _ -> {
                // No money moves.
            }
        }
    }

    /** The money stays at the provider, and an operator has paid the same amount in another way. */
    private static void settleOutside(
            Connection connection, Recorded<EscrowEvent> recorded, EscrowEvent.OutsideEvent event, String account)
            throws SQLException {
        post(
                connection,
                recorded,
                entry(event, What.SETTLED_OUTSIDE, Optional.of(Sql.storable(event.note()))),
                debit(account, event.amount()),
                credit(WRITE_OFFS, event.amount()));
    }

    private static void applyDiscrepancy(Connection connection, Recorded<DiscrepancyEvent> recorded)
            throws SQLException {
        var report = recorded.event().report();
        if (!report.hasMovedMoney()) return;
        var surplus = "surplus:" + recorded.entityId();
        switch (recorded.event()) {
            case DiscrepancyEvent.Reported _ -> move(connection, recorded, What.SURPLUS_MOVED, surplus, CASH);
            case DiscrepancyEvent.Returned _ -> move(connection, recorded, What.SURPLUS_RETURNED, CASH, surplus);
            case DiscrepancyEvent.Closed _ -> move(connection, recorded, What.SURPLUS_WRITTEN_OFF, WRITE_OFFS, surplus);
            case DiscrepancyEvent.ReturnStep _ -> {
                // No money moves.
            }
        }
    }

    /** Credits and debits as for money that came in; the other way round for money that went out. */
    private static void move(
            Connection connection, Recorded<DiscrepancyEvent> recorded, What what, String credited, String debited)
            throws SQLException {
        var report = recorded.event().report();
        boolean cameIn = report.hasComeIn();
        post(
                connection,
                recorded,
                new Entry(
                        report.deal(),
                        report.amount().currency(),
                        recorded.event().at(),
                        what,
                        Optional.empty()),
                debit(cameIn ? debited : credited, report.amount()),
                credit(cameIn ? credited : debited, report.amount()));
    }

    private static Line debit(String account, Money money) {
        return new Line(account, money.amount());
    }

    private static Line credit(String account, Money money) {
        return new Line(account, -money.amount());
    }

    /** What all lines of an entry have in common. */
    private record Entry(Optional<EscrowDeal> deal, String currency, Instant at, What what, Optional<String> note) {}

    private static void post(Connection connection, Recorded<EscrowEvent> recorded, What what, Line... lines)
            throws SQLException {
        post(connection, recorded, entry(recorded.event(), what, Optional.empty()), lines);
    }

    private static Entry entry(EscrowEvent event, What what, Optional<String> note) {
        var deal = event.deal();
        return new Entry(Optional.of(deal), deal.amount().currency(), event.at(), what, note);
    }

    private static void post(Connection connection, Recorded<?> recorded, Entry entry, Line... lines)
            throws SQLException {
        // The fee of a small amount rounds to zero.
        var posted = Stream.of(lines).filter(it -> it.amount() != 0).toList();
        var rows = IntStream.range(0, posted.size())
                .mapToObj(i -> row(recorded, entry, i + 1, posted.get(i)))
                .toList();
        // An entry is inserted whole or not at all, so its first line tells whether it is new.
        if (rows.isEmpty() || !LedgerColumns.TABLE.insert(connection, rows.getFirst())) return;
        LedgerColumns.TABLE.insertAll(connection, rows.subList(1, rows.size()));
        LedgerTotals.add(connection, rows);
    }

    private static PostingRow row(Recorded<?> recorded, Entry entry, int number, Line line) {
        return new PostingRow(
                recorded.entityId(),
                recorded.sequence(),
                number,
                entry.deal().map(EscrowDeal::contractId).orElse(""),
                entry.deal().map(EscrowDeal::milestone).orElse(0),
                entry.what(),
                line.account(),
                line.amount(),
                entry.currency(),
                entry.at(),
                entry.note());
    }
}
