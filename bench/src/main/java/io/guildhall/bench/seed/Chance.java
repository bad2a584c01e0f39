package io.guildhall.bench.seed;

import java.util.Random;

/** Chance that is the same for the same thing on every machine, whatever else is generated. */
final class Chance {
    private Chance() {}

    static Random of(long seed, String kind, int index, int attempt) {
        long mixed = seed;
        for (long part : new long[] {kind.hashCode(), index, attempt}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        return new Random(mixed);
    }
}
