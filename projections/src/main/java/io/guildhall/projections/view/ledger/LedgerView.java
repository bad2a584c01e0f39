package io.guildhall.projections.view.ledger;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.ledger.Posting.What;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The double-entry ledger. Money that comes in is owed to an escrow; a release turns what the escrow is owed into what the freelancer is
 * owed and the platform's revenue; paying out and paying back take it from the provider's cash. Every entry adds up to zero, which the
 * database itself insists on, and so does the sum over all accounts after every event.
 */
public final class LedgerView implements View {
    private static final String CASH = "provider-cash";
    private static final String FEES = "revenue:fees";

    /** @param amount positive where it is a debit */
    private record Line(String account, long amount) {}

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Escrow.AGGREGATE, LedgerView::apply));
    }

    private static void apply(Connection connection, Recorded<EscrowEvent> recorded) throws SQLException {
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
                        debit(escrow, deal.amount()),
                        credit(payable, e.net()),
                        credit(FEES, e.fee()));
            case EscrowEvent.MoneyReleased e ->
                post(connection, recorded, What.RELEASED, debit(payable, e.net()), credit(CASH, e.net()));
            case EscrowEvent.MoneyRefunded _ ->
                post(connection, recorded, What.REFUNDED, debit(escrow, deal.amount()), credit(CASH, deal.amount()));
            case EscrowEvent.CallStep _, EscrowEvent.Opened _, EscrowEvent.CalledOff _ -> {
                // No money moves.
            }
        }
    }

    private static Line debit(String account, Money money) {
        return new Line(account, money.amount());
    }

    private static Line credit(String account, Money money) {
        return new Line(account, -money.amount());
    }

    private static void post(Connection connection, Recorded<EscrowEvent> recorded, What what, Line... lines)
            throws SQLException {
        EscrowDeal deal = recorded.event().deal();
        // The fee of a few cents is none.
        var moved = Stream.of(lines).filter(it -> it.amount() != 0).toList();
        Sql.update(
                connection,
                """
                INSERT INTO ledger_posting (escrow_id, sequence, line, contract_id, milestone, what, account, amount, currency, at)
                SELECT ?, ?, line, ?, ?, ?, account, amount, ?, ?
                  FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY AS lines (account, amount, line)
                ON CONFLICT (escrow_id, sequence, line) DO NOTHING
                """,
                recorded.entityId(),
                recorded.sequence(),
                deal.contractId(),
                deal.milestone(),
                what,
                deal.amount().currency(),
                recorded.event().at(),
                Sql.texts(moved.stream().map(Line::account).toList()),
                Sql.longs(moved.stream().map(Line::amount).toList()));
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE ledger_posting");
    }
}
