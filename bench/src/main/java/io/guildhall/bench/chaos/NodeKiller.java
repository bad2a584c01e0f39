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

/** Kills one node at a time like {@code kill -9} and waits until all nodes are members again. */
final class NodeKiller {
    private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration SEARCH_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private final LocalCluster cluster;
    private final AuditQueries queries;
    private final Random random;
    private final List<String> addresses = new ArrayList<>();
    private int kills;
    private int killsWithUnrecordedCall;

    NodeKiller(LocalCluster cluster, AuditQueries queries, Random random) {
        this.cluster = cluster;
        this.queries = queries;
        this.random = random;
        for (int node = 0; node < cluster.size(); node++)
            addresses.add(members(node).path("selfNode").asText());
    }

    int kills() {
        return kills;
    }

    /** The number of kills between the provider's response to a call and its recording in the journal. */
    int killsWithUnrecordedCall() {
        return killsWithUnrecordedCall;
    }

    /**
     * Waits a random time and kills a node.
     *
     * @param targetUnrecordedCall whether to wait for a node with a call that the provider has accepted and the node
     *     has not recorded; without one in time, a random node is killed
     * @return a description of what was done
     */
    String round(boolean targetUnrecordedCall) throws SQLException {
        Await.sleep(Duration.ofMillis(1_000 + random.nextInt(4_000)));
        int randomNode = random.nextInt(cluster.size());
        var target = targetUnrecordedCall ? findNodeWithUnrecordedCall() : OptionalInt.empty();
        int victim = target.orElse(randomNode);
        long pid = cluster.pid(victim);
        cluster.kill(victim);
        kills++;
        if (target.isPresent()) killsWithUnrecordedCall++;
        long killed = System.nanoTime();
        awaitRestart(victim, pid);
        return "killed node " + (victim + 1)
                + (target.isPresent() ? " between the provider's response and its recording" : "")
                + ", restarted after "
                + Math.round((System.nanoTime() - killed) / 1e8) / 10.0 + " s";
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
                () -> StreamSupport.stream(members(node).path("members").spliterator(), false)
                                .filter(it -> it.path("status").asText().equals("Up"))
                                .count()
                        == cluster.size());
    }

    private JsonNode members(int node) {
        return cluster.operator(node).json("/cluster/members");
    }
}
