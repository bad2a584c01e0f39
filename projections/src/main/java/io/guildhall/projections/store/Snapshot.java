package io.guildhall.projections.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot of the server's transactions.
 *
 * @param next no transaction with this or a higher id had ended
 * @param running the lower ids whose transactions had not ended
 */
record Snapshot(long next, List<Long> running) {
    Snapshot {
        running = List.copyOf(running);
    }

    /** Parses PostgreSQL's form, {@code xmin:xmax:running,running,…}. */
    static Snapshot parse(String text) {
        var parts = text.split(":", -1);
        var running = Stream.of(parts[2].split(",", -1)).filter(it -> !it.isEmpty());
        return new Snapshot(Long.parseLong(parts[1]), running.map(Long::valueOf).toList());
    }
}
