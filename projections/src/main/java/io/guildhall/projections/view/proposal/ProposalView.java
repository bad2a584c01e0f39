package io.guildhall.projections.view.proposal;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.OwnedList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes every proposal in its current state, for the client of its job and for its freelancer. */
public final class ProposalView implements View {
    @Override
    public String name() {
        return "proposals";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(ProposalColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Proposal.AGGREGATE, ProposalView::apply));
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return OwnedList.changes(
                connection,
                kind,
                "proposal",
                events,
                new OwnedList(AccountList.PROPOSALS, "freelancer_id"),
                new OwnedList(AccountList.RECEIVED_PROPOSALS, "client_id"));
    }

    private static void apply(Connection connection, Recorded<ProposalEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ProposalEvent.Submitted e -> submit(connection, recorded, e);
            case ProposalEvent.Resubmitted e ->
                revise(connection, recorded, e.terms(), e.revision(), ", declined = NULL, status = 'SUBMITTED'");
            case ProposalEvent.Revised e -> revise(connection, recorded, e.terms(), e.revision(), "");
            case ProposalEvent.Seen _ -> change(connection, recorded, "seen = true");
            case ProposalEvent.Shortlisted _ ->
                change(connection, recorded, "seen = true, status = ?", ProposalStatus.SHORTLISTED);
            case ProposalEvent.Accepted e ->
                change(connection, recorded, "status = ?, contract_id = ?", ProposalStatus.ACCEPTED, e.contractId());
            case ProposalEvent.Reinstated e ->
                change(
                        connection,
                        recorded,
                        "seen = true, status = ?, contract_id = NULL",
                        e.isShortlisted() ? ProposalStatus.SHORTLISTED : ProposalStatus.SUBMITTED);
            case ProposalEvent.Declined e ->
                change(connection, recorded, "status = ?, declined = ?", ProposalStatus.DECLINED, e.why());
            case ProposalEvent.Withdrawn _ -> change(connection, recorded, "status = ?", ProposalStatus.WITHDRAWN);
        }
    }

    private static void submit(Connection connection, Recorded<ProposalEvent> recorded, ProposalEvent.Submitted e)
            throws SQLException {
        var row = new ProposalRow(
                recorded.entityId(),
                e.jobId(),
                Optional.empty(),
                e.clientId(),
                e.freelancerId(),
                e.terms(),
                ProposalStatus.SUBMITTED,
                false,
                1,
                Optional.empty(),
                Optional.empty(),
                e.at(),
                e.at());
        ProposalColumns.TABLE.insert(connection, recorded, row);
    }

    /** The client has seen only the revision before. */
    private static void revise(
            Connection connection, Recorded<ProposalEvent> recorded, Terms terms, long revision, String more)
            throws SQLException {
        ProposalColumns.TABLE.change(
                connection,
                recorded,
                ProposalColumns.TERMS,
                terms,
                "revision = ?, seen = false, changed_at = ?" + more,
                revision,
                recorded.event().at());
    }

    private static void change(
            Connection connection, Recorded<ProposalEvent> recorded, String assignments, Object... values)
            throws SQLException {
        var at = recorded.event().at();
        ProposalColumns.TABLE.change(connection, recorded, assignments + ", changed_at = ?", Sql.join(values, at));
    }
}
