package io.guildhall.projections.view.contract;

import static io.guildhall.projections.View.on;
import static java.util.stream.Collectors.joining;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Milestone.Status;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Settled;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Silence;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.OwnedList;
import io.guildhall.projections.view.contract.ContractColumns.StoredMilestone;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Writes every contract and its milestones in their current state, for both parties and for admins. */
public final class ContractView implements View {
    private static final String NO_SILENCE = "silence_kind = NULL, silence_ends_at = NULL";
    private static final String NO_REQUEST =
            "request_number = NULL, request_by = NULL, request_amount = NULL, request_reason = NULL, request_at = NULL, "
                    + NO_SILENCE;
    /** A refund request has its own silence period, which a submission does not end. */
    private static final String NO_ACCEPTANCE_PERIOD =
            "silence_ends_at = CASE WHEN silence_kind = 'ACCEPTANCE' THEN NULL ELSE silence_ends_at END,"
                    + " silence_kind = nullif(silence_kind, 'ACCEPTANCE')";

    private static final String NO_SPLIT = Stream.of(
                    "settlement_method",
                    "settlement_by",
                    "settlement_reason",
                    "settlement_release",
                    "settlement_refund")
            .map(it -> it + " = CASE WHEN settlement_refund > 0 THEN NULL ELSE " + it + " END")
            .collect(joining(", "));

    @Override
    public String name() {
        return "contracts";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(ContractColumns.TABLE.table(), ContractColumns.MILESTONES);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, ContractView::apply));
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return OwnedList.changes(
                connection,
                kind,
                "contract",
                events,
                new OwnedList(AccountList.CONTRACTS, "client_id"),
                new OwnedList(AccountList.CONTRACTS, "freelancer_id"));
    }

    private static void apply(Connection connection, Recorded<ContractEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ContractEvent.Created e -> create(connection, recorded, e);
            case ContractEvent.StandingEvent _ -> {}
            case ContractEvent.Completed _ -> status(connection, recorded, ContractStatus.COMPLETED);
            case ContractEvent.Cancelled _ -> status(connection, recorded, ContractStatus.CANCELLED);
            case ContractEvent.MilestoneEvent e -> {
                // A contract is active from its first funding on.
                if (status(connection, recorded, ContractStatus.ACTIVE))
                    new MilestoneChange(connection, recorded.entityId(), e.number()).apply(e);
            }
        }
    }

    private static void create(Connection connection, Recorded<ContractEvent> recorded, ContractEvent.Created e)
            throws SQLException {
        var deal = e.deal();
        var milestones = e.milestones().stream().map(MilestoneRow::pending).toList();
        var row = new ContractRow(
                recorded.entityId(),
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                deal.clientId(),
                deal.freelancerId(),
                deal.title(),
                deal.price(),
                deal.feeBasisPoints(),
                ContractStatus.AWAITING_FUNDING,
                milestones,
                e.at(),
                e.at());
        ContractColumns.TABLE.insert(connection, recorded, row);
        ContractColumns.MILESTONES.insertAll(
                connection,
                milestones.stream()
                        .map(it -> new StoredMilestone(recorded.entityId(), it))
                        .toList());
    }

    /** Returns false if the row includes this event already. */
    private static boolean status(Connection connection, Recorded<ContractEvent> recorded, ContractStatus status)
            throws SQLException {
        return ContractColumns.TABLE.change(
                connection,
                recorded,
                "status = ?, changed_at = ?",
                status,
                recorded.event().at());
    }

    /** Changes the row of one milestone. */
    private record MilestoneChange(Connection connection, String contractId, int number) {
        void apply(ContractEvent.MilestoneEvent event) throws SQLException {
            switch (event) {
                case ContractEvent.MilestoneFunded e -> change("status = ?, funded_at = ?", Status.FUNDED, e.at());
                case ContractEvent.WorkSubmitted e ->
                    change("status = ?, note = ?, " + NO_ACCEPTANCE_PERIOD, Status.SUBMITTED, e.note());
                case ContractEvent.ChangesRequested e ->
                    change("status = ?, note = ?, " + NO_ACCEPTANCE_PERIOD, Status.CHANGES_REQUESTED, e.note());
                case ContractEvent.MilestoneAccepted _, ContractEvent.AcceptedBySilence _ ->
                    change("status = ?, " + NO_SILENCE, Status.ACCEPTED);
                // A release that succeeds overtakes the decision to divide the money.
                case ContractEvent.MilestonePaid _ -> change("status = ?, " + NO_SPLIT, Status.PAID);
                case ContractEvent.RefundRequested e -> set(MilestoneFields.REQUEST, e.request(), NO_SILENCE);
                case ContractEvent.RefundDeclined _, ContractEvent.RefundWithdrawn _ -> change(NO_REQUEST);
                case ContractEvent.SettlementDecided e ->
                    set(
                            MilestoneFields.SETTLEMENT,
                            Settled.of(e.decision()),
                            "status = ?, " + NO_REQUEST,
                            Status.SETTLING);
                case ContractEvent.MilestoneSettled e ->
                    change("status = ?", e.decision().settlement().refundsAll() ? Status.REFUNDED : Status.SPLIT);
                case ContractEvent.SilenceStarted e -> silence(e.period());
                case ContractEvent.WarningTold e -> silence(e.period());
                case ContractEvent.WarningIssued _,
                        ContractEvent.ReleaseStalled _,
                        ContractEvent.ReleaseHeld _,
                        ContractEvent.ReleaseResumed _ -> {}
            }
        }

        private void silence(SilencePeriod period) throws SQLException {
            var silence = new Silence(period.kind(), period.endsAt());
            change(MilestoneFields.SILENCE.assignments(), MilestoneFields.SILENCE.values(silence));
        }

        private <V> void set(Columns<V> columns, V value, String assignments, Object... values) throws SQLException {
            change(columns.assignments() + ", " + assignments, Sql.join(columns.values(value), values));
        }

        private void change(String assignments, Object... values) throws SQLException {
            var sql = "UPDATE contract_milestone SET " + assignments + " WHERE contract_id = ? AND number = ?";
            Sql.update(connection, sql, Sql.join(values, contractId, number));
        }
    }
}
