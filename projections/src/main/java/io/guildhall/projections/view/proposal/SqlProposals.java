package io.guildhall.projections.view.proposal;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.Proposals;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.NotSuspended;
import java.util.concurrent.CompletionStage;

public final class SqlProposals implements Proposals {
    private static final String SELECT =
            "SELECT p.*, j.title AS job_title FROM proposal p LEFT JOIN job j ON j.id = p.job_id WHERE ";
    private static final PagedQuery<ProposalRow> OF_JOB = newestFirst("proposals-job");
    private static final PagedQuery<ProposalRow> OF_FREELANCER = newestFirst("proposals-mine");

    private final ReadDatabase database;

    public SqlProposals(ReadDatabase database) {
        this.database = database;
    }

    private static PagedQuery<ProposalRow> newestFirst(String list) {
        return PagedQuery.newestFirst(
                list, "p.submitted_at", "p.id", ProposalColumns.ROW, ProposalRow::submittedAt, ProposalRow::id);
    }

    @Override
    public CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page) {
        return database.query(connection -> OF_JOB.page(
                connection, page, SELECT + NotSuspended.owner("p.freelancer_id") + " AND p.job_id = ?", jobId));
    }

    @Override
    public CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page) {
        return database.query(
                connection -> OF_FREELANCER.page(connection, page, SELECT + "p.freelancer_id = ?", freelancerId));
    }
}
