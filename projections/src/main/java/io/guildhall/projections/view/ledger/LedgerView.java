package io.guildhall.projections.view.ledger;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.ledger.Posting.What;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.ledger.LedgerColumns.PostingRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the double-entry ledger. Money that comes in is owed to an escrow. A release turns what is owed to the escrow
 * into what is owed to the freelancer and the platform's revenue. Payouts and refunds take money from the cash at the
 * provider. Every entry adds up to zero, which the database enforces, so the sum over all accounts is zero after every
 * event.
 */
public final class LedgerView implements View {
    private static final String CASH = "provider-cash";
    private static final String FEES = "revenue:fees";

    /** @param amount in minor units; a debit is positive, a credit negative */
    private record Line(String account, long amount) {}

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(LedgerColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
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
        // The fee of a small amount rounds to zero.
        var posted = Stream.of(lines).filter(it -> it.amount() != 0).toList();
        LedgerColumns.TABLE.insertAll(
                connection,
                IntStream.range(0, posted.size())
                        .mapToObj(i -> row(recorded, what, i + 1, posted.get(i)))
                        .toList());
    }

    private static PostingRow row(Recorded<EscrowEvent> recorded, What what, int number, Line line) {
        EscrowDeal deal = recorded.event().deal();
        return new PostingRow(
                recorded.entityId(),
                recorded.sequence(),
                number,
                deal.contractId(),
                deal.milestone(),
                what,
                line.account(),
                line.amount(),
                deal.amount().currency(),
                recorded.event().at());
    }
}
