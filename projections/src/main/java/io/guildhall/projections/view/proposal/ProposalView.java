package io.guildhall.projections.view.proposal;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Every proposal as it stands, for its job's client and for its freelancer. */
public final class ProposalView implements View {
    /** Other terms are another revision, and what was seen is the one before. */
    private static final String TERMS = """
            cover_letter = ?, price = ?, currency = ?, delivery_days = ?, milestone_titles = ?, milestone_amounts = ?, milestone_days = ?,
            links = ?, revision = ?, seen = false
            """.strip();

    @Override
    public String name() {
        return "proposals";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Proposal.AGGREGATE, ProposalView::apply));
    }

    private static void apply(Connection connection, Recorded<ProposalEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ProposalEvent.Submitted e -> submit(connection, recorded, e);
            case ProposalEvent.Resubmitted e ->
                change(
                        connection,
                        recorded,
                        TERMS + ", declined = NULL, status = ?",
                        Sql.join(terms(e.terms(), e.revision()), ProposalStatus.SUBMITTED));
            case ProposalEvent.Revised e -> change(connection, recorded, TERMS, terms(e.terms(), e.revision()));
            case ProposalEvent.Seen _ -> change(connection, recorded, "seen = true");
            case ProposalEvent.Shortlisted _ ->
                change(connection, recorded, "status = ?, seen = true", ProposalStatus.SHORTLISTED);
            case ProposalEvent.Accepted e ->
                change(connection, recorded, "status = ?, contract_id = ?", ProposalStatus.ACCEPTED, e.contractId());
            case ProposalEvent.Declined e ->
                change(connection, recorded, "status = ?, declined = ?", ProposalStatus.DECLINED, e.why());
            case ProposalEvent.Withdrawn _ -> change(connection, recorded, "status = ?", ProposalStatus.WITHDRAWN);
        }
    }

    private static void submit(Connection connection, Recorded<ProposalEvent> recorded, ProposalEvent.Submitted e)
            throws SQLException {
        var identity = Stream.<Object>of(recorded.entityId(), e.jobId(), e.clientId(), e.freelancerId());
        var times = Stream.<Object>of(e.at(), e.at(), recorded.sequence());
        Sql.update(
                connection,
                """
                INSERT INTO proposal (id, job_id, client_id, freelancer_id, cover_letter, price, currency, delivery_days, milestone_titles,
                                      milestone_amounts, milestone_days, links, status, seen, revision, submitted_at, changed_at, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SUBMITTED', false, 1, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                Stream.of(identity, terms(e.terms()), times).flatMap(it -> it).toArray());
    }

    private static Object[] terms(Terms terms, long revision) {
        return Stream.concat(terms(terms), Stream.of(revision)).toArray();
    }

    private static Stream<Object> terms(Terms terms) {
        var milestones = terms.milestones();
        return Stream.of(
                terms.coverLetter(),
                terms.price().amount(),
                terms.price().currency(),
                terms.deliveryDays(),
                Sql.texts(milestones.stream().map(MilestoneTerms::title).toList()),
                Sql.longs(milestones.stream().map(it -> it.amount().amount()).toList()),
                Sql.integers(milestones.stream().map(MilestoneTerms::days).toList()),
                Sql.texts(terms.links()));
    }

    private static void change(Connection connection, Recorded<ProposalEvent> recorded, String what, Object... values)
            throws SQLException {
        var at = recorded.event().at();
        Sql.change(connection, "proposal", recorded, what.strip() + ", changed_at = ?", Sql.join(values, at));
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE proposal");
    }
}
