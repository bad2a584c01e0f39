package io.guildhall.projections.view.search;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.Records;
import io.guildhall.projections.readmodel.search.MatchScore;
import io.guildhall.projections.readmodel.search.Matches;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Of the profiles nearest by meaning, each with its record. */
public final class SqlMatches implements Matches {
    private static final Comparator<Match> BEST = Comparator.comparingDouble(
                    (Match it) -> it.score().total())
            .thenComparing(Match::freelancerId)
            .reversed();

    private static final Keyset<Match> BY_SCORE = new Keyset<>(
            "matches",
            List.of(Double.doubleToLongBits(Double.POSITIVE_INFINITY), ""),
            it -> List.of(Double.doubleToLongBits(it.score().total()), it.freelancerId()));

    private final ReadDatabase reading;
    private final Records records;

    public SqlMatches(ReadDatabase reading, Records records) {
        this.reading = reading;
        this.records = records;
    }

    private record Near(QueryVector job, List<Hit> profiles) {}

    @Override
    public CompletionStage<Optional<Page<Match>>> forJob(String jobId, Page.Request page) {
        return reading.inTransaction(connection -> near(connection, jobId))
                .thenCompose(near -> near.map(it ->
                                scored(it).thenCompose(all -> reading.ask(_ -> Optional.of(page(all, page)))))
                        .orElseGet(() -> completedFuture(Optional.empty())));
    }

    private static Optional<Near> near(Connection connection, String jobId) throws SQLException {
        var job = meaning(connection, jobId);
        if (job.isEmpty()) return Optional.empty();
        var owner = Sql.list(
                        connection,
                        "SELECT owner_id FROM search_document WHERE id = ?",
                        row -> row.getString("owner_id"),
                        jobId)
                .getFirst();
        var query = new Query(
                Kind.FREELANCER,
                "",
                List.of(),
                List.of(),
                List.of(job.get()),
                Weights.FOR_QUERY,
                Filter.NONE.newTo(owner));
        return Optional.of(new Near(job.get(), CandidateSearch.of(connection, query)));
    }

    private static Optional<QueryVector> meaning(Connection connection, String jobId) throws SQLException {
        return Sql.list(
                        connection,
                        """
                SELECT v.model, v.embedding
                  FROM embedding.vector v JOIN embedding.model m ON m.name = v.model JOIN search_document d ON d.id = v.id
                 WHERE v.kind = 'JOB' AND v.id = ? AND d.listed AND m.complete_at IS NOT NULL ORDER BY m.complete_at DESC LIMIT 1
                """,
                        row -> new QueryVector(
                                row.getString("model"),
                                Sql.vector(row, "embedding").orElseThrow()),
                        jobId)
                .stream()
                .findFirst();
    }

    private CompletionStage<List<Match>> scored(Near near) {
        var scale = SimilarityScale.forModel(near.job().model());
        var hits = near.profiles();
        return records.of(hits.stream().map(Hit::id).toList())
                .thenApply(rows -> IntStream.range(0, hits.size())
                        .mapToObj(i -> match(hits.get(i), rows.get(i), scale))
                        .sorted(BEST)
                        .toList());
    }

    private static Match match(Hit hit, RecordRow record, SimilarityScale scale) {
        double similarity = hit.similarity().orElse(0);
        return new Match(hit.id(), MatchScore.of(similarity, scale.normalise(similarity), record.score()));
    }

    private static Page<Match> page(List<Match> all, Page.Request request) throws SQLException {
        return BY_SCORE.page(request, (after, limit) -> {
            double score = Double.longBitsToDouble((Long) after.get(0));
            var id = (String) after.get(1);
            return all.stream()
                    .filter(it -> it.score().total() < score
                            || it.score().total() == score && it.freelancerId().compareTo(id) < 0)
                    .limit(limit)
                    .toList();
        });
    }
}
