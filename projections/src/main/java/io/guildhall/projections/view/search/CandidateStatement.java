package io.guildhall.projections.view.search;

import io.guildhall.kernel.SearchKey;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statement that selects candidates and computes the parts of their scores: for each vector of the query the
 * nearest documents, and the best by words, {@code depth} of each.
 */
record CandidateStatement(Query query, SqlFilter filter, QueryTerms terms, int depth) {
    /** How the nearest documents are found. */
    enum VectorScan {
        /**
         * Through the HNSW index: fast for many documents, approximate. It can miss documents where the filter leaves
         * few.
         */
        INDEX,
        /** By comparing every document that meets the filter: exact, and fast for few documents. */
        EXACT
    }

    private static final String NEAREST = """
            nearest%d AS MATERIALIZED (
              SELECT d.id FROM search_document d JOIN embedding.vector v ON v.id = d.id
               WHERE %s AND %s
               ORDER BY %s LIMIT %d)
            """;

    private static final String BEST_BY_WORDS = """
            best_by_words AS MATERIALIZED (
              SELECT d.id, ts_rank_cd(d.words, ?::tsquery, 32) AS word_score FROM search_document d
               WHERE d.words @@ ?::tsquery AND %s
               ORDER BY word_score DESC, d.id LIMIT %d)
            """;

    private static final String CANDIDATE = """
            candidate AS (SELECT id, max(word_score) AS word_score FROM (%s) selected GROUP BY id)
            """;

    private static final String SCORE_PARTS = """
            SELECT d.id,
                   greatest(NULL%s)::float8 AS similarity,
                   coalesce(candidate.word_score, ts_rank_cd(d.words, ?::tsquery, 32))::float8 AS word_score,
                   (0%s) AS skill_count
              FROM candidate JOIN search_document d USING (id)
              LEFT JOIN embedding.vector v ON v.id = d.id AND %s
            """;

    private static final String SIMILARITY = "-(v.embedding <#> ?)";
    private static final String DISTANCE = "(v.embedding <#> ?)";
    /** The addition keeps the planner from using the index. */
    private static final String UNINDEXED_DISTANCE = DISTANCE + " + 0";

    /** Returns the candidates with their scores, in no order. */
    List<Hit> execute(Connection connection, VectorScan scan) throws SQLException {
        return Sql.list(connection, sql(scan), this::hit, values().toArray());
    }

    private String sql(VectorScan scan) {
        var distance = switch (scan) {
            case INDEX -> DISTANCE;
            case EXACT -> UNINDEXED_DISTANCE;
        };
        var nearest = vectorNumbers().mapToObj(i -> NEAREST.formatted(i, isOfModel(), filter.sql(), distance, depth));
        var selected = Stream.concat(
                Stream.of("SELECT id, word_score FROM best_by_words"),
                vectorNumbers().mapToObj(i -> "SELECT id, NULL FROM nearest" + i));
        var candidates = Stream.of(
                BEST_BY_WORDS.formatted(filter.sql(), depth),
                CANDIDATE.formatted(selected.collect(Collectors.joining(" UNION ALL "))));
        return Stream.concat(nearest, candidates).collect(Collectors.joining(", ", "WITH ", ""))
                + SCORE_PARTS.formatted(
                        (", " + SIMILARITY).repeat(query.vectors().size()),
                        " + (d.skill_keys && ?)::int".repeat(query.skills().size()),
                        isOfModel());
    }

    /** In the order of the statement's placeholders. */
    private List<Object> values() {
        var values = new ArrayList<Object>();
        for (var vector : query.vectors()) {
            values.add(vector.model());
            values.addAll(filter.values());
            values.add(vector.vector());
        }
        values.add(terms.all());
        values.add(terms.selective());
        values.addAll(filter.values());
        query.vectors().forEach(it -> values.add(it.vector()));
        values.add(terms.all());
        query.skills().forEach(it -> values.add(Sql.texts(SearchKey.from(it))));
        values.add(query.vectors().stream().map(QueryVector::model).findFirst().orElse(""));
        return values;
    }

    private IntStream vectorNumbers() {
        return IntStream.range(0, query.vectors().size());
    }

    /** The kind is a literal so that the planner selects the one partition of its vectors. */
    private String isOfModel() {
        return "v.kind = '" + query.filter().kind() + "' AND v.model = ?";
    }

    private Hit hit(ResultSet row) throws SQLException {
        double value = row.getDouble("similarity");
        var similarity = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
        double lexicalScore = row.getDouble("word_score");
        return new Hit(
                row.getString("id"),
                HitScore.of(query, similarity, lexicalScore, row.getInt("skill_count")),
                similarity,
                lexicalScore);
    }
}
