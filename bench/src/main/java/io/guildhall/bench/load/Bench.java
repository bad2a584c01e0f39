package io.guildhall.bench.load;

import io.guildhall.bench.node.Program;

/** Measures, and judges nothing. */
public final class Bench {
    private Bench() {}

    public static int run(int seconds, Program program) {
        System.err.println("bench is not here yet: " + seconds + " s with " + program);
        return 2;
    }
}
