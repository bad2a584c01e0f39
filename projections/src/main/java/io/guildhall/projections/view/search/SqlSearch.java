package io.guildhall.projections.view.search;

import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Over the documents and the vectors beside them. */
public final class SqlSearch implements Search {
    /** Where everything is shown, so many of the latest are counted. */
    private static final int COUNTED = 2_000;

    private static final Comparator<Hit> BEST =
            Comparator.comparingDouble(Hit::score).thenComparing(Hit::id).reversed();

    private static final Keyset<Hit> BY_SCORE = new Keyset<>(
            "search", List.of(bits(Double.POSITIVE_INFINITY), ""), hit -> List.of(bits(hit.score()), hit.id()));

    private static final Keyset<ListedDocument> LATEST =
            new Keyset<>("listed", List.of(Instant.MAX, ""), it -> List.of(it.listedAt(), it.id()));

    private final ReadDatabase reading;

    public SqlSearch(ReadDatabase reading) {
        this.reading = reading;
    }

    /** So that not a digit of a score is lost in a cursor. */
    private static long bits(double score) {
        return Double.doubleToLongBits(score);
    }

    @Override
    public CompletionStage<Results<Hit>> find(Query query, Page.Request request, boolean withFacets) {
        return reading.inTransaction(connection -> {
            var hits =
                    CandidateSearch.of(connection, query).stream().sorted(BEST).toList();
            var page = BY_SCORE.page(request, (after, limit) -> after(hits, after, limit));
            var ids = Sql.texts(hits.stream().map(Hit::id).toList());
            return new Results<>(
                    page,
                    facets(
                            connection,
                            withFacets && request.cursor().isEmpty(),
                            "SELECT * FROM search_document WHERE id = ANY(?)",
                            ids));
        });
    }

    private static List<Hit> after(List<Hit> hits, List<?> key, int limit) {
        double score = Double.longBitsToDouble((Long) key.get(0));
        var id = (String) key.get(1);
        return hits.stream()
                .filter(it ->
                        it.score() < score || it.score() == score && it.id().compareTo(id) < 0)
                .limit(limit)
                .toList();
    }

    @Override
    public CompletionStage<Results<ListedDocument>> browse(
            Kind kind, Filter filter, Page.Request request, boolean withFacets) {
        var where = SqlFilter.of(kind, filter);
        var sql = "SELECT d.id, d.listed_at FROM search_document d WHERE " + where.sql()
                + " AND (d.listed_at, d.id) < (?, ?) ORDER BY d.listed_at DESC, d.id DESC LIMIT ?";
        var counted = "SELECT * FROM search_document d WHERE " + where.sql()
                + " ORDER BY d.listed_at DESC, d.id DESC LIMIT " + COUNTED;
        return reading.inTransaction(connection -> {
            var page = LATEST.page(request, (after, limit) -> {
                var values = new ArrayList<>(where.values());
                values.addAll(after);
                values.add(limit);
                return Sql.list(connection, sql, SqlSearch::listed, values.toArray());
            });
            return new Results<>(
                    page,
                    facets(
                            connection,
                            withFacets && request.cursor().isEmpty(),
                            counted,
                            where.values().toArray()));
        });
    }

    @Override
    public CompletionStage<Offers> offersOf(String freelancerId) {
        return reading.ask(connection -> {
            var rows = Sql.list(connection, """
                    SELECT d.skills, m.name, v.embedding
                      FROM search_document d
                      LEFT JOIN (SELECT name FROM embedding.model WHERE complete_at IS NOT NULL ORDER BY complete_at DESC LIMIT 1) m ON true
                      LEFT JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = m.name
                     WHERE d.owner_id = ? AND d.listed AND d.kind IN ('FREELANCER', 'GIG')
                     ORDER BY d.kind, d.listed_at DESC, d.id LIMIT ?
                    """, SqlSearch::offer, freelancerId, Offers.MAX_VECTORS);
            return new Offers(
                    rows.stream().flatMap(it -> it.skills().stream()).distinct().toList(),
                    rows.stream().flatMap(it -> it.meaning().stream()).toList());
        });
    }

    private record Offer(List<String> skills, Optional<QueryVector> meaning) {}

    private static Offer offer(ResultSet row) throws SQLException {
        var model = row.getString("name");
        return new Offer(
                Sql.list(row, "skills", String[].class),
                Sql.vector(row, "embedding").map(it -> new QueryVector(model, it)));
    }

    private static Optional<Facets> facets(Connection connection, boolean wanted, String chosen, Object... values)
            throws SQLException {
        return wanted ? Optional.of(SqlFacets.count(connection, chosen, values)) : Optional.empty();
    }

    private static ListedDocument listed(ResultSet row) throws SQLException {
        return new ListedDocument(
                row.getString("id"), Sql.instant(row, "listed_at").orElseThrow());
    }
}
