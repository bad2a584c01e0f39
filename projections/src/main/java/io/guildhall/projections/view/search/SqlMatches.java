package io.guildhall.projections.view.search;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.Records;
import io.guildhall.projections.readmodel.search.MatchScore;
import io.guildhall.projections.readmodel.search.Matches;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Scores the profiles that are nearest to a job by meaning and business record. */
public final class SqlMatches implements Matches {
    private static final String JOB = """
            SELECT d.owner_id, v.model, v.embedding
              FROM embedding.vector v JOIN embedding.model m ON m.name = v.model JOIN search_document d ON d.id = v.id
             WHERE v.kind = 'JOB' AND v.id = ? AND d.listed AND m.complete_at IS NOT NULL ORDER BY m.complete_at DESC LIMIT 1
            """;

    private final ReadDatabase database;
    private final Records records;
    private final RankedPages<Query, Match> pages;

    public SqlMatches(ReadDatabase database, Records records) {
        this.database = database;
        this.records = records;
        this.pages =
                new RankedPages<>("matches", it -> it.score().total(), Match::freelancerId, InstantSource.system());
    }

    /** A page that is complete, or the profiles whose business records are still to be read. */
    private sealed interface Step {
        record Continued(Page<Match> page) implements Step {}

        record Ranked(Query query, List<Hit> profiles) implements Step {}
    }

    @Override
    public CompletionStage<Optional<Page<Match>>> forJob(String jobId, Page.Request request) {
        return database.inTransaction(connection -> {
                    var query = query(connection, jobId);
                    return query.isPresent()
                            ? Optional.of(step(connection, query.get(), request))
                            : Optional.<Step>empty();
                })
                .thenCompose(step -> step.isPresent()
                        ? page(step.get(), request).thenApply(Optional::of)
                        : completedFuture(Optional.empty()));
    }

    /** Freelancers other than the job's client, by the vector of the job. */
    private static Optional<Query> query(Connection connection, String jobId) throws SQLException {
        return Sql.list(connection, JOB, SqlMatches::query, jobId).stream().findFirst();
    }

    private static Query query(ResultSet row) throws SQLException {
        var vector = new QueryVector(
                row.getString("model"), Sql.vector(row, "embedding").orElseThrow());
        return new Query(
                "",
                List.of(),
                List.of(),
                List.of(vector),
                Weights.FOR_QUERY,
                Filter.anyOf(Kind.FREELANCER).newTo(row.getString("owner_id")));
    }

    private Step step(Connection connection, Query query, Page.Request request) throws SQLException {
        var ranking = pages.find(request, query);
        if (ranking.isEmpty()) return new Step.Ranked(query, CandidateSearch.find(connection, query, MAX_MATCHES));
        var ids = ranking.get().hits().stream().map(Match::freelancerId).toList();
        var shown = SqlFilter.from(query.filter()).matching(connection, ids);
        return new Step.Continued(pages.page(request, ranking.get(), it -> shown.contains(it.freelancerId())));
    }

    private CompletionStage<Page<Match>> page(Step step, Page.Request request) {
        return switch (step) {
            case Step.Continued it -> completedFuture(it.page());
            case Step.Ranked it ->
                matches(it)
                        .thenApply(matches -> pages.page(request, pages.rank(request, it.query(), matches), _ -> true));
        };
    }

    private CompletionStage<List<Match>> matches(Step.Ranked ranked) {
        var scale = SimilarityScale.forModel(ranked.query().vectors().getFirst().model());
        var hits = ranked.profiles();
        return records.of(hits.stream().map(Hit::id).toList())
                .thenApply(rows -> IntStream.range(0, hits.size())
                        .mapToObj(i -> match(hits.get(i), rows.get(i), scale))
                        .toList());
    }

    private static Match match(Hit hit, RecordRow record, SimilarityScale scale) {
        double similarity = hit.similarity().orElse(0);
        return new Match(hit.id(), MatchScore.of(similarity, scale.normalise(similarity), record.score()));
    }
}
