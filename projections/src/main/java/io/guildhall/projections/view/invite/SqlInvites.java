package io.guildhall.projections.view.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.readmodel.invite.Invites;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

public final class SqlInvites implements Invites {
    private static final Keyset<InviteRow> LATEST =
            new Keyset<>("invites", List.of(Instant.MAX, ""), row -> List.of(row.sentAt(), row.id()));

    private final ReadDatabase reading;

    public SqlInvites(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page) {
        return list("client_id", clientId, page);
    }

    @Override
    public CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page) {
        return list("freelancer_id", freelancerId, page);
    }

    private CompletionStage<Page<InviteRow>> list(String column, String id, Page.Request page) {
        var sql = "SELECT * FROM invite WHERE " + column
                + " = ? AND (sent_at, id) < (?, ?) ORDER BY sent_at DESC, id DESC LIMIT ?";
        return reading.ask(connection -> LATEST.page(
                page,
                (after, limit) -> Sql.list(connection, sql, SqlInvites::row, id, after.get(0), after.get(1), limit)));
    }

    private static InviteRow row(ResultSet row) throws SQLException {
        return new InviteRow(
                row.getString("id"),
                new InviteDetails(
                        new Source(
                                Sql.text(row, "job_id"),
                                Sql.text(row, "gig_id"),
                                Sql.text(row, "tier").map(Tier::valueOf),
                                row.getString("title")),
                        row.getString("client_id"),
                        row.getString("freelancer_id"),
                        offer(row),
                        Sql.instant(row, "expires_at").orElseThrow(),
                        row.getInt("number")),
                InviteStatus.valueOf(row.getString("status")),
                Sql.text(row, "refused").map(AcceptanceFailure::valueOf),
                Sql.text(row, "contract_id"),
                Sql.instant(row, "sent_at").orElseThrow());
    }

    private static Offer offer(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        var titles = Sql.list(row, "milestone_titles", String[].class);
        var amounts = Sql.list(row, "milestone_amounts", Long[].class);
        var days = Sql.list(row, "milestone_days", Integer[].class);
        return new Offer(
                row.getString("message"),
                new Money(row.getLong("price"), currency),
                row.getInt("delivery_days"),
                IntStream.range(0, titles.size())
                        .mapToObj(i ->
                                new MilestoneTerms(titles.get(i), new Money(amounts.get(i), currency), days.get(i)))
                        .toList());
    }
}
