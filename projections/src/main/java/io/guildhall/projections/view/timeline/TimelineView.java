package io.guildhall.projections.view.timeline;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.readmodel.timeline.TimelineEntry.NO_PREVIOUS;
import static io.guildhall.projections.readmodel.timeline.TimelineEntry.PLATFORM;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.readmodel.timeline.TimelineEntry.What;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes the timeline of each contract. Every entry contains the hash of the previous one. The view follows contracts
 * only, which record their payments as events ({@code MilestoneFunded}, {@code MilestonePaid}): the events of one
 * entity have one order, so every rebuild writes the same chain. Events of escrows and reviews come from other slices,
 * in an order that differs between rebuilds.
 */
public final class TimelineView implements View {
    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TimelineColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, TimelineView::apply));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        var fact = fact(recorded.event());
        // As the database returns it; otherwise the hash would not be that of the entry that is shown.
        var entry = new TimelineEntry(
                        recorded.entityId(),
                        recorded.sequence(),
                        recorded.event().at().truncatedTo(ChronoUnit.MICROS),
                        fact.by(),
                        fact.what(),
                        fact.milestone(),
                        Sql.storable(fact.title()),
                        fact.amount(),
                        Sql.storable(fact.note()),
                        previousHash(connection, recorded),
                        "")
                .withHash();
        TimelineColumns.TABLE.insert(connection, entry);
    }

    /** What an event contributes to its entry. */
    private record Fact(
            String by, What what, OptionalInt milestone, String title, Optional<Money> amount, String note) {}

    private static Fact fact(ContractEvent event) {
        var deal = event.deal();
        return switch (event) {
            case ContractEvent.Created _ ->
                ofContract(deal.clientId(), What.DRAWN, event, Optional.of(deal.price()), "");
            case ContractEvent.MilestoneFunded e ->
                ofMilestone(deal.clientId(), What.FUNDED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.WorkSubmitted e ->
                ofMilestone(
                        deal.freelancerId(), What.WORK_SUBMITTED, e.number(), e.title(), Optional.empty(), e.note());
            case ContractEvent.ChangesRequested e ->
                ofMilestone(deal.clientId(), What.CHANGES_REQUESTED, e.number(), e.title(), Optional.empty(), e.note());
            case ContractEvent.MilestoneAccepted e ->
                ofMilestone(deal.clientId(), What.ACCEPTED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.MilestonePaid e ->
                ofMilestone(PLATFORM, What.PAID, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.AcceptedBySilence e ->
                ofMilestone(PLATFORM, What.ACCEPTED_BY_SILENCE, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.RefundRequested e ->
                ofMilestone(
                        e.request().by(),
                        What.REFUND_REQUESTED,
                        e.number(),
                        e.title(),
                        Optional.of(e.request().amount()),
                        e.request().reason());
            case ContractEvent.RefundDeclined e ->
                ofMilestone(
                        deal.otherParty(e.request().by()),
                        What.REFUND_DECLINED,
                        e.number(),
                        e.title(),
                        Optional.of(e.request().amount()),
                        e.why());
            case ContractEvent.RefundWithdrawn e ->
                ofMilestone(
                        e.request().by(),
                        What.REFUND_WITHDRAWN,
                        e.number(),
                        e.title(),
                        Optional.of(e.request().amount()),
                        "");
            case ContractEvent.SettlementDecided e -> ofDecision(e);
            case ContractEvent.MilestoneSettled e ->
                ofMilestone(
                        PLATFORM,
                        What.SETTLED,
                        e.number(),
                        e.title(),
                        Optional.of(e.decision().settlement().refund()),
                        "");
            case ContractEvent.SilenceStarted e -> ofSilence(e, What.SILENCE_STARTED);
            case ContractEvent.WarningIssued e -> ofSilence(e, What.SILENCE_WARNING_ISSUED);
            case ContractEvent.WarningTold e -> ofSilence(e, What.SILENCE_WARNING_TOLD);
            case ContractEvent.ReleaseStalled e ->
                ofMilestone(PLATFORM, What.RELEASE_STALLED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.ReleaseHeld e ->
                ofMilestone(PLATFORM, What.RELEASE_HELD, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.ReleaseResumed e ->
                ofMilestone(PLATFORM, What.RELEASE_RESUMED, e.number(), e.title(), Optional.of(e.amount()), "");
            case ContractEvent.PartySuspended e ->
                ofContract(e.accountId(), What.PARTY_SUSPENDED, event, Optional.empty(), "");
            case ContractEvent.PartyReinstated e ->
                ofContract(e.accountId(), What.PARTY_REINSTATED, event, Optional.empty(), "");
            case ContractEvent.Completed _ -> ofContract(PLATFORM, What.COMPLETED, event, Optional.empty(), "");
            case ContractEvent.Cancelled e -> ofContract(e.by(), What.CANCELLED, event, Optional.empty(), e.why());
        };
    }

    private static Fact ofDecision(ContractEvent.SettlementDecided event) {
        var decision = event.decision();
        var refund = Optional.of(decision.settlement().refund());
        return switch (decision.method()) {
            case AGREED -> ofMilestone(decision.by(), What.REFUND_AGREED, event.number(), event.title(), refund, "");
            case SILENCE ->
                ofMilestone(PLATFORM, What.REFUND_AGREED_BY_SILENCE, event.number(), event.title(), refund, "");
            case ADMIN ->
                ofMilestone(
                        decision.by(), What.SPLIT_BY_ADMIN, event.number(), event.title(), refund, decision.reason());
        };
    }

    private static Fact ofSilence(ContractEvent.SilenceEvent event, What what) {
        return ofMilestone(PLATFORM, what, event.number(), event.title(), Optional.empty(), "");
    }

    private static Fact ofMilestone(
            String by, What what, int milestone, String title, Optional<Money> amount, String note) {
        return new Fact(by, what, OptionalInt.of(milestone), title, amount, note);
    }

    private static Fact ofContract(String by, What what, ContractEvent event, Optional<Money> amount, String note) {
        return new Fact(by, what, OptionalInt.empty(), event.deal().title(), amount, note);
    }

    private static String previousHash(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        if (recorded.sequence() == 1) return NO_PREVIOUS;
        return Sql.list(
                        connection,
                        "SELECT hash FROM timeline_entry WHERE contract_id = ? AND number = ?",
                        row -> row.getString(1),
                        recorded.entityId(),
                        recorded.sequence() - 1)
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "timeline of " + recorded.entityId() + ": there is no entry before " + recorded.sequence()));
    }
}
