package io.guildhall.projections.view.gig;

import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.readmodel.gig.Gigs;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

public final class SqlGigs implements Gigs {
    private static final Keyset<GigRow> OF_FREELANCER = new Keyset<>("gigs", List.of("~"), row -> List.of(row.id()));

    private final ReadDatabase reading;

    public SqlGigs(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<List<GigRow>> active(List<String> ids) {
        return reading.ask(connection -> Sql.list(
                connection, "SELECT * FROM gig WHERE status = 'ACTIVE' AND id = ANY(?)", SqlGigs::row, Sql.texts(ids)));
    }

    @Override
    public CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page) {
        return page("SELECT * FROM gig WHERE status = 'ACTIVE' AND freelancer_id = ?", freelancerId, page);
    }

    @Override
    public CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page) {
        return page("SELECT * FROM gig WHERE freelancer_id = ?", freelancerId, page);
    }

    private CompletionStage<Page<GigRow>> page(String sql, String freelancerId, Page.Request page) {
        return reading.ask(connection -> OF_FREELANCER.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        sql + " AND id < ? ORDER BY id DESC LIMIT ?",
                        SqlGigs::row,
                        freelancerId,
                        after.getFirst(),
                        limit)));
    }

    private static GigRow row(ResultSet row) throws SQLException {
        return new GigRow(
                row.getString("id"),
                row.getString("freelancer_id"),
                new GigDetails(
                        row.getString("title"),
                        row.getString("description"),
                        row.getString("category"),
                        Sql.list(row, "tags", String[].class),
                        packages(row),
                        Sql.list(row, "media", String[].class)),
                GigStatus.valueOf(row.getString("status")),
                row.getLong("revision"),
                Sql.instant(row, "posted_at").orElseThrow());
    }

    private static List<GigPackage> packages(ResultSet row) throws SQLException {
        var tiers = Sql.list(row, "tiers", String[].class);
        var names = Sql.list(row, "names", String[].class);
        var prices = Sql.list(row, "prices", Long[].class);
        var days = Sql.list(row, "delivery_days", Integer[].class);
        var revisions = Sql.list(row, "revisions", Integer[].class);
        var includes = Sql.list(row, "includes", String[].class);
        var currency = row.getString("currency");
        return IntStream.range(0, tiers.size())
                .mapToObj(i -> new GigPackage(
                        Tier.valueOf(tiers.get(i)),
                        names.get(i),
                        new Money(prices.get(i), currency),
                        days.get(i),
                        revisions.get(i),
                        includes.get(i).lines().toList()))
                .toList();
    }
}
