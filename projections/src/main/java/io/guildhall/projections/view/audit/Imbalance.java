package io.guildhall.projections.view.audit;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** @param difference how much too high something is, in minor units; negative if it is too low */
record Imbalance(String what, long difference) {
    /** Such as "escrow +500, provider-cash -500". */
    static String describe(List<Imbalance> all) {
        return all.stream()
                .map(it -> it.what + " %+d".formatted(it.difference))
                .sorted()
                .collect(joining(", "));
    }

    static long largest(List<Imbalance> all) {
        return all.stream().mapToLong(it -> Math.absExact(it.difference)).max().orElse(0);
    }
}
