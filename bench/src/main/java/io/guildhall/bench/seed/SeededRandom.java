package io.guildhall.bench.seed;

import java.util.Random;

/**
 * Random numbers that depend only on the seed and on what is generated: the same on every machine and in every order.
 */
final class SeededRandom {
    private SeededRandom() {}

    static Random of(long seed, String kind, int index, int attempt) {
        long mixed = seed;
        for (long part : new long[] {kind.hashCode(), index, attempt}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        return new Random(mixed);
    }
}
