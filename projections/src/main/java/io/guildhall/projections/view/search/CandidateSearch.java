package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.view.search.CandidateStatement.VectorScan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Finds the documents for a query: the nearest by meaning and the best by words, scored in the same way. */
final class CandidateSearch {
    /** Minimum number of hits by meaning, and by words. */
    static final int MIN_DEPTH = 60;
    /** How many vectors the index compares for one query vector. More of them miss fewer of the nearest. */
    private static final int EF_SEARCH = 120;
    /** Up to this many vectors, an exact scan takes a few milliseconds. */
    private static final int MAX_EXACT = 5_000;

    private CandidateSearch() {}

    /**
     * Returns the hits in no order. Must run in a transaction.
     *
     * @param depth how many of the nearest, and of the best by words, are found
     */
    static List<Hit> find(Connection connection, Query query, int depth) throws SQLException {
        var filter = SqlFilter.from(query.filter());
        long documents = PlannerEstimate.documents(connection, filter);
        var statement = new CandidateStatement(query, filter, QueryTerms.from(connection, query, documents), depth);
        return candidates(connection, statement, documents).stream()
                .filter(it -> isRelevant(query, it))
                .toList();
    }

    private static List<Hit> candidates(Connection connection, CandidateStatement statement, long documents)
            throws SQLException {
        if (documents <= MAX_EXACT || statement.query().vectors().isEmpty())
            return statement.execute(connection, VectorScan.EXACT);
        configureIndexScan(connection);
        var candidates = statement.execute(connection, VectorScan.INDEX);
        // The index scan ends after a number of vectors, however few of their documents met the filter.
        boolean isIncomplete =
                candidates.stream().filter(it -> it.similarity().isPresent()).count() < statement.depth();
        return isIncomplete ? statement.execute(connection, VectorScan.EXACT) : candidates;
    }

    private static void configureIndexScan(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL hnsw.ef_search = " + EF_SEARCH + "; SET LOCAL hnsw.iterative_scan = relaxed_order");
        }
    }

    private static boolean isRelevant(Query query, Hit hit) {
        double minSimilarity = query.vectors().stream()
                .findFirst()
                .map(it -> SimilarityScale.forModel(it.model()).minSimilarity())
                .orElse(1.0);
        return hit.lexicalScore() > 0 || hit.similarity().orElse(-1) >= minSimilarity;
    }
}
