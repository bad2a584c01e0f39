package io.guildhall.bench.search;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** One way of finding the ten nearest, asked one query after another, once to warm up and once to be measured. */
record Asking(Histogram nanos, double recall) {
    static final int TOP = 10;

    /**
     * @param found the ids that query number so-and-so finds
     * @param truth what the exact comparison finds; empty where this is it
     */
    static Asking measure(int queries, IntFunction<List<String>> found, List<List<String>> truth) {
        for (int i = 0; i < queries; i++) found.apply(i);
        return once(queries, found, truth);
    }

    static Asking once(int queries, IntFunction<List<String>> found, List<List<String>> truth) {
        var nanos = new Histogram(3_600_000_000_000L, 3);
        int right = 0;
        int wanted = 0;
        for (int i = 0; i < queries; i++) {
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
