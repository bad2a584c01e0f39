package io.guildhall.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.node.LocalCluster;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.StreamSupport;

/**
 * Makes one node at a time fail: kills it like {@code kill -9}, isolates it, stops it with SIGTERM, or drops its packets.
 * Then waits until all nodes are members again.
 */
final class NodeKiller {
    private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SEARCH_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    /** Longer than the nodes take to remove one that they cannot reach: 4 s until they notice, and 5 s to be sure. */
    private static final int MIN_ISOLATION_MILLIS = 12_000;

    private static final int MAX_ISOLATION_MILLIS = 18_000;
    private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REMOVAL_POLL_INTERVAL = Duration.ofMillis(500);
    private static final int MIN_LOSS_MILLIS = 10_000;
    private static final int MAX_LOSS_MILLIS = 20_000;

    private final LocalCluster cluster;
    private final AuditQueries queries;
    private final NetworkFaults network;
    private final LiveListeners listeners;
    private final Random random;
    private final List<String> addresses = new ArrayList<>();
    private int kills;
    private int hits;
    private int partitions;
    private int removals;
    private int stops;
    private int losses;
    private int killsWithUnrecordedCall;

    NodeKiller(
            LocalCluster cluster, AuditQueries queries, NetworkFaults network, LiveListeners listeners, Random random) {
        this.cluster = cluster;
        this.queries = queries;
        this.network = network;
        this.listeners = listeners;
        this.random = random;
        for (int node = 0; node < cluster.size(); node++)
            addresses.add(members(node).path("selfNode").asText());
    }

    int kills() {
        return kills;
    }

    /** The number of kills that ended a running node. */
    int hits() {
        return hits;
    }

    /** The number of times that a node was isolated. */
    int partitions() {
        return partitions;
    }

    /** The number of nodes that were isolated for so long that the others have removed them. */
    int removals() {
        return removals;
    }

    /** The number of nodes that were stopped with SIGTERM and have exited. */
    int stops() {
        return stops;
    }

    /** The number of times that packets of a node were dropped. */
    int losses() {
        return losses;
    }

    /** The number of kills between the provider's response to a call and its recording in the journal. */
    int killsWithUnrecordedCall() {
        return killsWithUnrecordedCall;
    }

    /**
     * Waits a random time and lets a node fail: kills it in every first and fifth of five rounds, cuts it off in the
     * second, stops it in the third, and drops its packets in the fourth.
     *
     * @param number of the round, from 1
     * @return a description of what was done
     */
    String round(int number) throws SQLException {
        long started = System.nanoTime();
        Await.sleep(Duration.ofMillis(1_000 + random.nextInt(4_000)));
        int node = random.nextInt(cluster.size());
        return switch (number % 5) {
            case 2 -> isolate(node);
            case 3 -> stop(awaitBusiestNode(started));
            case 4 -> losePackets(node);
            default -> kill(node, number % 5 == 1);
        };
    }

    private String isolate(int victim) {
        long pid = cluster.pid(victim);
        network.isolate(victim);
        partitions++;
        Await.sleep(Duration.ofMillis(random.nextInt(MIN_ISOLATION_MILLIS, MAX_ISOLATION_MILLIS)));
        boolean isRemoved = awaitRemoval((victim + 1) % cluster.size());
        if (isRemoved) removals++;
        network.restore(victim);
        long restored = System.nanoTime();
        if (isRemoved) awaitRestart(victim, pid);
        else for (int node = 0; node < cluster.size(); node++) awaitAllMembers(node);
        return "cut node " + (victim + 1) + " off, "
                + (isRemoved ? "which was removed and restarted" : "and connected it") + " within " + seconds(restored)
                + " s";
    }

    /** Returns whether another node has removed the isolated one in time. */
    private boolean awaitRemoval(int other) {
        long deadline = System.nanoTime() + REMOVAL_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            var members = members(other).path("members");
            if (!members.isMissingNode() && members.size() < cluster.size()) return true;
            Await.sleep(REMOVAL_POLL_INTERVAL);
        }
        return false;
    }

    private int awaitBusiestNode(long since) {
        return Await.value("a listener receives an event", EVENT_TIMEOUT, () -> listeners.busiestNode(since));
    }

    /** As in a rolling restart: the node completes its requests, hands its entities over, leaves and exits. */
    private String stop(int victim) {
        long pid = cluster.pid(victim);
        long signalled = System.nanoTime();
        boolean isSignalled = cluster.terminate(victim);
        Await.until("node " + (victim + 1) + " exits after SIGTERM", STOP_TIMEOUT, () -> !LocalCluster.isAlive(pid));
        if (isSignalled) stops++;
        double exited = seconds(signalled);
        awaitRestart(victim, pid);
        return "stopped node " + (victim + 1) + ", which exited after " + exited + " s, restarted after "
                + seconds(signalled) + " s";
    }

    private String losePackets(int victim) {
        network.losePackets(victim);
        losses++;
        Await.sleep(Duration.ofMillis(random.nextInt(MIN_LOSS_MILLIS, MAX_LOSS_MILLIS)));
        network.restore(victim);
        long restored = System.nanoTime();
        for (int node = 0; node < cluster.size(); node++) awaitAllMembers(node);
        return "dropped packets of node " + (victim + 1) + ", all nodes together after " + seconds(restored) + " s";
    }

    private static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
    }

    /**
     * @param targetUnrecordedCall whether to wait for a node with a call that the provider has accepted and the node
     *     has not recorded; without one in time, the given node is killed
     */
    private String kill(int randomNode, boolean targetUnrecordedCall) throws SQLException {
        var target = targetUnrecordedCall ? findNodeWithUnrecordedCall() : OptionalInt.empty();
        int victim = target.orElse(randomNode);
        long pid = cluster.pid(victim);
        if (cluster.kill(victim)) hits++;
        kills++;
        if (target.isPresent()) killsWithUnrecordedCall++;
        long killed = System.nanoTime();
        awaitRestart(victim, pid);
        return "killed node " + (victim + 1)
                + (target.isPresent() ? " between the provider's response and its recording" : "")
                + ", restarted after "
                + seconds(killed) + " s";
    }

    private OptionalInt findNodeWithUnrecordedCall() throws SQLException {
        long deadline = System.nanoTime() + SEARCH_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            int node = queries.nodeWithUnrecordedCall().map(addresses::indexOf).orElse(-1);
            if (node >= 0) return OptionalInt.of(node);
            Await.sleep(POLL_INTERVAL);
        }
        return OptionalInt.empty();
    }

    private void awaitRestart(int victim, long pid) {
        Await.until(
                "node " + (victim + 1) + " is restarted",
                RESTART_TIMEOUT,
                () -> cluster.pid(victim) != pid && cluster.isReady(victim));
        for (int node = 0; node < cluster.size(); node++) awaitAllMembers(node);
    }

    /** Each node must list all others: a node that formed its own cluster lists only itself. */
    private void awaitAllMembers(int node) {
        Await.until(
                "node " + (node + 1) + " lists all nodes as members",
                RESTART_TIMEOUT,
                () -> upMembers(node) == cluster.size());
    }

    private long upMembers(int node) {
        var members = members(node);
        var unreachable = members.path("unreachable").size();
        return StreamSupport.stream(members.path("members").spliterator(), false)
                        .filter(it -> it.path("status").asText().equals("Up"))
                        .count()
                - unreachable;
    }

    private JsonNode members(int node) {
        return cluster.operator(node).json("/cluster/members");
    }
}
