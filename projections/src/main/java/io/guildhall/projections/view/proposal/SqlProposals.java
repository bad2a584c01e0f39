package io.guildhall.projections.view.proposal;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.readmodel.proposal.Proposals;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

public final class SqlProposals implements Proposals {
    private static final Keyset<ProposalRow> OF_JOB = latestFirst("proposals-job");
    private static final Keyset<ProposalRow> MINE = latestFirst("proposals-mine");

    private final ReadDatabase reading;

    public SqlProposals(ReadDatabase reading) {
        this.reading = reading;
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
        return reading.ask(connection -> keyset.page(
                page,
                (after, limit) -> Sql.list(connection, sql, SqlProposals::row, id, after.get(0), after.get(1), limit)));
    }

    private static ProposalRow row(ResultSet row) throws SQLException {
        return new ProposalRow(
                row.getString("id"),
                row.getString("job_id"),
                Sql.text(row, "job_title"),
                row.getString("client_id"),
                row.getString("freelancer_id"),
                terms(row),
                ProposalStatus.valueOf(row.getString("status")),
                row.getBoolean("seen"),
                row.getLong("revision"),
                Sql.text(row, "declined").map(DeclineReason::valueOf),
                Sql.text(row, "contract_id"),
                Sql.instant(row, "submitted_at").orElseThrow(),
                Sql.instant(row, "changed_at").orElseThrow());
    }

    private static Terms terms(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        var titles = Sql.list(row, "milestone_titles", String[].class);
        var amounts = Sql.list(row, "milestone_amounts", Long[].class);
        var days = Sql.list(row, "milestone_days", Integer[].class);
        return new Terms(
                row.getString("cover_letter"),
                new Money(row.getLong("price"), currency),
                row.getInt("delivery_days"),
                IntStream.range(0, titles.size())
                        .mapToObj(i ->
                                new MilestoneTerms(titles.get(i), new Money(amounts.get(i), currency), days.get(i)))
                        .toList(),
                Sql.list(row, "links", String[].class));
    }
}
