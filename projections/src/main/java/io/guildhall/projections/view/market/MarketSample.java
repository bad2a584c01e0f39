package io.guildhall.projections.view.market;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SamplePart;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is read for an analysis: the latest of each kind that name the skill. */
record MarketSample(Part jobs, Part freelancers, Part gigs) {
    private static final String JOBS = """
            SELECT id, published_at AS at FROM job WHERE published_at IS NOT NULL AND skill_keys && ?
             ORDER BY published_at DESC, id DESC LIMIT ?
            """;

    private static final String LISTED = """
            SELECT id, listed_at AS at FROM search_document WHERE listed AND kind = '%s' AND skill_keys && ?
             ORDER BY listed_at DESC, id DESC LIMIT ?
            """;

    /** @param ids as a value of a statement */
    record Part(Object ids, SamplePart read) {}

    private record One(String id, Instant at) {
        static One of(ResultSet row) throws SQLException {
            return new One(row.getString("id"), Sql.instant(row, "at").orElseThrow());
        }
    }

    static MarketSample of(Connection connection, Request asked) throws SQLException {
        return new MarketSample(
                part(connection, JOBS, asked),
                part(connection, LISTED.formatted(Kind.FREELANCER), asked),
                part(connection, LISTED.formatted(Kind.GIG), asked));
    }

    private static Part part(Connection connection, String sql, Request asked) throws SQLException {
        var keys = Sql.texts(SearchKey.from(asked.spellings()));
        var found = Sql.list(connection, sql, One::of, keys, asked.sampleSize() + 1);
        var taken = found.subList(0, Math.min(found.size(), asked.sampleSize()));
        return new Part(
                Sql.texts(taken.stream().map(One::id).toList()),
                new SamplePart(taken.size(), taken.size() == found.size(), first(taken.reversed()), first(taken)));
    }

    private static Optional<Instant> first(List<One> taken) {
        return taken.stream().findFirst().map(One::at);
    }

    boolean isAll() {
        return jobs.read.isAll() && freelancers.read.isAll() && gigs.read.isAll();
    }
}
