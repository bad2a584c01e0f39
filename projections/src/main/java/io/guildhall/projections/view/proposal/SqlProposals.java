package io.guildhall.projections.view.proposal;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.Proposals;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlProposals implements Proposals {
    private static final Keyset<ProposalRow> OF_JOB = latestFirst("proposals-job");
    private static final Keyset<ProposalRow> MINE = latestFirst("proposals-mine");

    private final ReadDatabase database;

    public SqlProposals(ReadDatabase database) {
        this.database = database;
    }

    private static Keyset<ProposalRow> latestFirst(String list) {
        return new Keyset<>(list, List.of(Instant.MAX, ""), row -> List.of(row.submittedAt(), row.id()));
    }

    @Override
    public CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page) {
        return list(OF_JOB, "p.job_id", jobId, page);
    }

    @Override
    public CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page) {
        return list(MINE, "p.freelancer_id", freelancerId, page);
    }

    private CompletionStage<Page<ProposalRow>> list(
            Keyset<ProposalRow> keyset, String column, String id, Page.Request page) {
        var sql = """
                SELECT p.*, j.title AS job_title
                  FROM proposal p LEFT JOIN job j ON j.id = p.job_id
                 WHERE %s = ? AND (p.submitted_at, p.id) < (?, ?)
                 ORDER BY p.submitted_at DESC, p.id DESC LIMIT ?
                """.formatted(column);
        return database.query(connection -> keyset.page(
                page,
                (after, limit) ->
                        Sql.list(connection, sql, ProposalColumns.ROW, id, after.get(0), after.get(1), limit)));
    }
}
