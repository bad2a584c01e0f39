package io.guildhall.projections.view.market;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SamplePart;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.NotSuspended;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Selects the sample of an analysis: the newest jobs, freelancers and gigs that name the skill. */
record MarketSample(Part jobs, Part freelancers, Part gigs) {
    private static final String JOBS = """
            SELECT id, published_at AS at FROM job WHERE published_at IS NOT NULL AND skill_keys && ? AND %s
             ORDER BY published_at DESC, id DESC LIMIT ?
            """.formatted(NotSuspended.owner("client_id"));

    private static final String LISTED = """
            SELECT id, listed_at AS at FROM search_document WHERE listed AND kind = '%s' AND skill_keys && ? AND %s
             ORDER BY listed_at DESC, id DESC LIMIT ?
            """;

    /** @param ids as a value for a statement */
    record Part(Object ids, SamplePart summary) {}

    private record Entry(String id, Instant at) {
        static Entry read(ResultSet row) throws SQLException {
            return new Entry(row.getString("id"), Sql.instant(row, "at").orElseThrow());
        }
    }

    static MarketSample select(Connection connection, Request request) throws SQLException {
        return new MarketSample(
                part(connection, JOBS, request),
                part(connection, listed(Kind.FREELANCER), request),
                part(connection, listed(Kind.GIG), request));
    }

    private static String listed(Kind kind) {
        return LISTED.formatted(kind, NotSuspended.owner("owner_id"));
    }

    private static Part part(Connection connection, String sql, Request request) throws SQLException {
        var keys = Sql.texts(SearchKey.from(request.spellings()));
        var entries = Sql.list(connection, sql, Entry::read, keys, request.sampleSize() + 1);
        var sampled = entries.subList(0, Math.min(entries.size(), request.sampleSize()));
        return new Part(
                Sql.texts(sampled.stream().map(Entry::id).toList()),
                new SamplePart(
                        sampled.size(), sampled.size() == entries.size(), time(sampled.reversed()), time(sampled)));
    }

    private static Optional<Instant> time(List<Entry> entries) {
        return entries.stream().findFirst().map(Entry::at);
    }

    /** Whether the sample contains everything that names the skill. */
    boolean isComplete() {
        return jobs.summary.complete() && freelancers.summary.complete() && gigs.summary.complete();
    }
}
