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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Searches the documents and their vectors. */
public final class SqlSearch implements Search {
    /** Facets of a list without a query are counted over its newest documents. */
    private static final int MAX_FACET_DOCUMENTS = 2_000;

    private static final Keyset<ListedDocument> NEWEST_FIRST =
            new Keyset<>("listed", List.of(Instant.MAX, ""), it -> List.of(it.listedAt(), it.id()));

    private static final String OFFERS = """
            SELECT d.skills, m.name, v.embedding
              FROM search_document d
              LEFT JOIN (SELECT name FROM embedding.model WHERE complete_at IS NOT NULL ORDER BY complete_at DESC LIMIT 1) m ON true
              LEFT JOIN embedding.vector v ON v.kind = d.kind AND v.id = d.id AND v.model = m.name
             WHERE d.owner_id = ? AND d.listed AND d.kind IN ('FREELANCER', 'GIG')
             ORDER BY d.kind, d.listed_at DESC, d.id LIMIT ?
            """;

    private final ReadDatabase database;
    private final RankedPages<Query, Hit> pages;

    public SqlSearch(ReadDatabase database) {
        this(database, InstantSource.system());
    }

    /** @param clock measures how long rankings are kept */
    SqlSearch(ReadDatabase database, InstantSource clock) {
        this.database = database;
        this.pages = new RankedPages<>("search", Hit::score, Hit::id, clock);
    }

    @Override
    public CompletionStage<Results<Hit>> find(Query query, Page.Request request, boolean withFacets) {
        return database.inTransaction(connection -> {
            var ranking = pages.find(request, query);
            return ranking.isPresent()
                    ? continued(connection, query, request, ranking.get())
                    : ranked(connection, query, request, withFacets);
        });
    }

    private Results<Hit> continued(
            Connection connection, Query query, Page.Request request, RankingCache.Ranking<Hit> ranking)
            throws SQLException {
        var ids = ranking.hits().stream().map(Hit::id).toList();
        var shown = SqlFilter.from(query.filter()).matching(connection, ids);
        return new Results<>(pages.page(request, ranking, it -> shown.contains(it.id())), Optional.empty());
    }

    private Results<Hit> ranked(Connection connection, Query query, Page.Request request, boolean withFacets)
            throws SQLException {
        int depth = Math.max(CandidateSearch.MIN_DEPTH, request.limit());
        var ranking = pages.rank(request, query, CandidateSearch.find(connection, query, depth));
        var ids = Sql.texts(ranking.hits().stream().map(Hit::id).toList());
        return new Results<>(
                pages.page(request, ranking, _ -> true),
                facets(
                        connection,
                        withFacets && request.cursor().isEmpty(),
                        "SELECT * FROM search_document WHERE id = ANY(?)",
                        ids));
    }

    @Override
    public CompletionStage<Results<ListedDocument>> browse(Filter filter, Page.Request request, boolean withFacets) {
        var where = SqlFilter.from(filter);
        var listed = "SELECT d.id, d.listed_at FROM search_document d WHERE " + where.sql()
                + " AND (d.listed_at, d.id) < (?, ?) ORDER BY d.listed_at DESC, d.id DESC LIMIT ?";
        var newest = "SELECT * FROM search_document d WHERE " + where.sql()
                + " ORDER BY d.listed_at DESC, d.id DESC LIMIT " + MAX_FACET_DOCUMENTS;
        return database.inTransaction(connection -> {
            var page = NEWEST_FIRST.page(request, (after, limit) -> {
                var values = new ArrayList<>(where.values());
                values.addAll(after);
                values.add(limit);
                return Sql.list(connection, listed, SqlSearch::listedDocument, values.toArray());
            });
            return new Results<>(
                    page,
                    facets(
                            connection,
                            withFacets && request.cursor().isEmpty(),
                            newest,
                            where.values().toArray()));
        });
    }

    private static Optional<Facets> facets(Connection connection, boolean isWanted, String documents, Object... values)
            throws SQLException {
        return isWanted ? Optional.of(SqlFacets.count(connection, documents, values)) : Optional.empty();
    }

    private static ListedDocument listedDocument(ResultSet row) throws SQLException {
        return new ListedDocument(
                row.getString("id"), Sql.instant(row, "listed_at").orElseThrow());
    }

    @Override
    public CompletionStage<Offers> offersOf(String freelancerId) {
        return database.query(connection -> {
            var offers = Sql.list(connection, OFFERS, SqlSearch::offer, freelancerId, Offers.MAX_VECTORS);
            return new Offers(
                    offers.stream()
                            .flatMap(it -> it.skills().stream())
                            .distinct()
                            .toList(),
                    offers.stream().flatMap(it -> it.vector().stream()).toList());
        });
    }

    private record Offer(List<String> skills, Optional<QueryVector> vector) {}

    private static Offer offer(ResultSet row) throws SQLException {
        var model = row.getString("name");
        return new Offer(
                Sql.list(row, "skills", String[].class),
                Sql.vector(row, "embedding").map(it -> new QueryVector(model, it)));
    }
}
