package io.guildhall.bench.search;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** One way of finding the ten nearest, asked one query after another. */
record Asking(Histogram nanos, double recall) {
    static final int TOP = 10;
    /** The slowest of a hundred is chance; of five times as many, the hundredth part tells something. */
    private static final int ROUNDS = 5;

    /**
     * After a round to warm up.
     *
     * @param found the ids that query number so-and-so finds
     * @param truth what the exact comparison finds; empty where that is not asked
     */
    static Asking measure(int queries, IntFunction<List<String>> found, List<List<String>> truth) {
        for (int i = 0; i < queries; i++) found.apply(i);
        return ask(queries, ROUNDS, found, truth);
    }

    static Asking once(int queries, IntFunction<List<String>> found) {
        return ask(queries, 1, found, List.of());
    }

    private static Asking ask(int queries, int rounds, IntFunction<List<String>> found, List<List<String>> truth) {
        var nanos = new Histogram(3_600_000_000_000L, 3);
        int right = 0;
        int wanted = 0;
        for (int asked = 0; asked < queries * rounds; asked++) {
            int i = asked % queries;
            long before = System.nanoTime();
            var ids = found.apply(i);
            nanos.recordValue(System.nanoTime() - before);
            if (truth.isEmpty()) continue;
            var met = Set.copyOf(ids);
            wanted += truth.get(i).size();
            right += (int) truth.get(i).stream().filter(met::contains).count();
        }
        return new Asking(nanos, wanted == 0 ? 1 : (double) right / wanted);
    }
}
