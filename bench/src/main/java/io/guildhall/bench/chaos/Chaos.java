package io.guildhall.bench.chaos;

import io.guildhall.bench.node.Program;

/** Kills nodes under load, then compares all books. */
public final class Chaos {
    /** @param stories hires under way at once */
    public record Plan(int rounds, long seed, int nodes, int stories) {}

    private final Plan plan;
    private final Program program;

    public Chaos(Plan plan, Program program) {
        this.plan = plan;
        this.program = program;
    }

    public int run() {
        System.err.println("chaos is not here yet: " + plan + " with " + program);
        return 2;
    }
}
