package io.guildhall.projections.view.contract;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow.Reason;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the releases that wait because the freelancer is suspended, or because the provider refuses them. */
public final class HeldReleaseView implements View {
    @Override
    public String name() {
        return "held-releases";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(HeldReleaseColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, HeldReleaseView::apply));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.ReleaseHeld e -> insert(connection, recorded, e, e.amount(), Reason.SUSPENDED);
            case ContractEvent.ReleaseStalled e -> insert(connection, recorded, e, e.amount(), Reason.REFUSED);
            case ContractEvent.ReleaseResumed e -> end(connection, recorded, e.number());
            case ContractEvent.SettlementDecided e -> end(connection, recorded, e.number());
            case ContractEvent.MilestonePaid e -> end(connection, recorded, e.number());
            case ContractEvent.MilestoneSettled e -> end(connection, recorded, e.number());
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.StandingEvent _,
                    ContractEvent.Created _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> {}
        }
    }

    private static void insert(
            Connection connection,
            Recorded<ContractEvent> recorded,
            ContractEvent.MilestoneEvent event,
            Money amount,
            Reason reason)
            throws SQLException {
        HeldReleaseColumns.TABLE.insertOrReplace(
                connection,
                recorded,
                new HeldReleaseColumns.Entry(
                        new HeldReleaseRow(
                                recorded.entityId(),
                                event.number(),
                                event.title(),
                                event.deal().clientId(),
                                event.deal().freelancerId(),
                                amount,
                                reason,
                                event.at()),
                        true));
    }

    private static void end(Connection connection, Recorded<ContractEvent> recorded, int number) throws SQLException {
        HeldReleaseColumns.TABLE.changeRow(
                connection, recorded, HeldReleaseColumns.id(recorded.entityId(), number), "is_waiting = false");
    }
}
