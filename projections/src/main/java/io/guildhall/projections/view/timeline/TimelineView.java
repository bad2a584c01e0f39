package io.guildhall.projections.view.timeline;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.readmodel.timeline.TimelineEntry.NOTHING_BEFORE;
import static io.guildhall.projections.readmodel.timeline.TimelineEntry.PLATFORM;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.readmodel.timeline.TimelineEntry.What;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happened in each contract, every entry chained to the one before. It follows the contracts alone, which are told of their money
 * ({@code MilestoneFunded}, {@code MilestonePaid}): the events of one entity have one order, so the chain comes out the same at each rebuild.
 * Events of escrows and reviews arrive from other slices, before or after a contract's own as it happens, and would make another chain each time.
 */
public final class TimelineView implements View {
    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Contract.AGGREGATE, TimelineView::apply));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        add(connection, recorded, told(recorded.event()));
    }

    private record Told(
            String by, What what, OptionalInt milestone, String title, Optional<Money> amount, String note) {}

    private static Told told(ContractEvent event) {
        var deal = event.deal();
        return switch (event) {
            case ContractEvent.Drawn _ -> ofAll(deal.clientId(), What.DRAWN, event, Optional.of(deal.price()), "");
            case ContractEvent.MilestoneFunded e ->
                of(deal.clientId(), What.FUNDED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.WorkSubmitted e ->
                of(deal.freelancerId(), What.WORK_SUBMITTED, e.number(), e.title(), Optional.empty(), e.note());
            case ContractEvent.ChangesRequested e ->
                of(deal.clientId(), What.CHANGES_REQUESTED, e.number(), e.title(), Optional.empty(), e.note());
            case ContractEvent.MilestoneAccepted e ->
                of(deal.clientId(), What.ACCEPTED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.MilestonePaid e ->
                of(PLATFORM, What.PAID, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.Completed _ -> ofAll(PLATFORM, What.COMPLETED, event, Optional.empty(), "");
            case ContractEvent.Cancelled e -> ofAll(e.by(), What.CANCELLED, event, Optional.empty(), e.why());
        };
    }

    private static Told of(String by, What what, int milestone, String title, Optional<Money> amount, String note) {
        return new Told(by, what, OptionalInt.of(milestone), title, amount, note);
    }

    private static Told ofAll(String by, What what, ContractEvent event, Optional<Money> amount, String note) {
        return new Told(by, what, OptionalInt.empty(), event.deal().title(), amount, note);
    }

    private static void add(Connection connection, Recorded<ContractEvent> recorded, Told told) throws SQLException {
        // As the database will give it back, or the hash would not be that of what is shown.
        var entry = new TimelineEntry(
                        recorded.entityId(),
                        recorded.sequence(),
                        recorded.event().at().truncatedTo(ChronoUnit.MICROS),
                        told.by(),
                        told.what(),
                        told.milestone(),
                        Sql.storable(told.title()),
                        told.amount(),
                        Sql.storable(told.note()),
                        previous(connection, recorded),
                        "")
                .sealed();
        Sql.update(
                connection,
                """
                INSERT INTO timeline_entry (contract_id, number, at, by_id, what, milestone, title, amount, currency, note, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (contract_id, number) DO NOTHING
                """,
                entry.contractId(),
                entry.number(),
                entry.at(),
                entry.by(),
                entry.what(),
                entry.milestone(),
                entry.title(),
                entry.amount().map(Money::amount),
                entry.amount().map(Money::currency),
                entry.note(),
                entry.previous(),
                entry.hash());
    }

    private static String previous(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        if (recorded.sequence() == 1) return NOTHING_BEFORE;
        return Sql.list(
                        connection,
                        "SELECT hash FROM timeline_entry WHERE contract_id = ? AND number = ?",
                        row -> row.getString(1),
                        recorded.entityId(),
                        recorded.sequence() - 1)
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "timeline of " + recorded.entityId() + ": no entry before " + recorded.sequence()));
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE timeline_entry");
    }
}
