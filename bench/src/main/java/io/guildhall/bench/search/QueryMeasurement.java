package io.guildhall.bench.search;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * The durations and the recall of one way to search, measured with queries in sequence.
 *
 * @param recall the share of the expected ids that were found; 1 if nothing was expected
 */
record QueryMeasurement(Histogram nanos, double recall) {
    static final int LIMIT = 10;
    // With 100 requests, p99 is the slowest of them. With five times as many it is a percentile.
    private static final int ROUNDS = 5;

    /**
     * Measures after a warm-up round.
     *
     * @param search returns the ids that the query with a number, from 0, finds
     * @param expected the ids that the exact comparison finds for each query; empty if recall is not measured
     */
    static QueryMeasurement measure(int queries, IntFunction<List<String>> search, List<List<String>> expected) {
        for (int i = 0; i < queries; i++) {
            var _ = search.apply(i);
        }
        return run(queries, ROUNDS, search, expected);
    }

    /** Measures one round without a warm-up and without recall. */
    static QueryMeasurement measureOnce(int queries, IntFunction<List<String>> search) {
        return run(queries, 1, search, List.of());
    }

    private static QueryMeasurement run(
            int queries, int rounds, IntFunction<List<String>> search, List<List<String>> expected) {
        var nanos = new Histogram(3_600_000_000_000L, 3);
        int matches = 0;
        int total = 0;
        for (int n = 0; n < queries * rounds; n++) {
            int i = n % queries;
            long before = System.nanoTime();
            var ids = search.apply(i);
            nanos.recordValue(System.nanoTime() - before);
            if (expected.isEmpty()) continue;
            var unique = Set.copyOf(ids);
            total += expected.get(i).size();
            matches += (int) expected.get(i).stream().filter(unique::contains).count();
        }
        return new QueryMeasurement(nanos, total == 0 ? 1 : (double) matches / total);
    }
}
