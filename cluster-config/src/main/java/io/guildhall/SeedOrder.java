package io.guildhall;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The order of the seed nodes of each node of a local cluster. The first seed node in its own list forms a new cluster if
 * it finds none. A node that starts while others are members must not come first: under load it might not hear from them in
 * time, and would form a second cluster on the same database. But one must come first if none is a member, also if others
 * are running and wait for a cluster.
 */
final class SeedOrder {
    private final boolean[] areFirst;
    private final boolean[] wereReady;

    SeedOrder(int nodes) {
        this.areFirst = new boolean[nodes];
        this.wereReady = new boolean[nodes];
    }

    /**
     * Returns the seed nodes of a node that is about to start.
     *
     * @param isRunning whether a node has a process
     */
    synchronized List<Integer> start(int node, IntPredicate isRunning) {
        wereReady[node] = false;
        areFirst[node] = others(node).filter(isRunning).noneMatch(it -> areFirst[it] || wereReady[it]);
        var others = others(node).boxed();
        return (areFirst[node] ? Stream.concat(Stream.of(node), others) : Stream.concat(others, Stream.of(node)))
                .toList();
    }

    private IntStream others(int node) {
        return IntStream.range(0, areFirst.length).filter(it -> it != node);
    }

    /** The node has been ready, so it is a member. */
    synchronized void setReady(int node) {
        wereReady[node] = true;
    }
}
