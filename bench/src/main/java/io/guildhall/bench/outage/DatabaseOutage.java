package io.guildhall.bench.outage;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.User;
import io.guildhall.bench.net.FaultyProxy;
import io.guildhall.bench.net.FaultyProxy.Condition;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts one of two nodes off the database for a while, as a firewall does that drops packets: no connection is closed.
 * Under load from before until after, every request must get a response in time and none with status 500, the node must
 * report that it is not ready, and it must serve again soon afterwards. Every acknowledged write must exist.
 */
public final class DatabaseOutage {
    private static final Duration NORMAL_PHASE = Duration.ofSeconds(5);
    private static final Duration NOT_READY_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(30);
    /** The longest time that the API takes for a request, and some time for a busy machine. */
    private static final Duration SLOWEST_RESPONSE = Duration.ofSeconds(20);

    private final Duration outage;
    private final Launcher launcher;
    private final List<String> violations = new ArrayList<>();

    public DatabaseOutage(Duration outage, Launcher launcher) {
        this.outage = outage;
        this.launcher = launcher;
    }

    /** @return the exit code: 0 if every invariant holds */
    public int run() {
        System.out.println("Two nodes, one of which loses the database for " + outage.toSeconds() + " s. Starting …");
        int ports = Launcher.freePorts(6);
        var seeds = "127.0.0.1:" + (ports + 4) + ",127.0.0.1:" + (ports + 5);
        try (var first = start(
                        ports,
                        ports + 2,
                        Map.of("GUILDHALL_SEEDS", seeds, "GUILDHALL_CLUSTER_PORT", "" + (ports + 4)));
                var proxy = FaultyProxy.ofLocalPort(
                        URI.create(first.jdbcUrl().substring("jdbc:".length())).getPort());
                var second = start(
                        ports + 1,
                        ports + 3,
                        Map.of(
                                "GUILDHALL_SEEDS",
                                seeds,
                                "GUILDHALL_CLUSTER_PORT",
                                "" + (ports + 5),
                                "DATABASE_URL",
                                through(proxy, first.jdbcUrl())))) {
            run(first, second, proxy);
        } catch (NoResponseException failure) {
            violations.add(String.valueOf(failure.getMessage()));
        }
        violations.forEach(it -> System.out.println("  VIOLATION: " + it));
        return violations.isEmpty() ? 0 : 1;
    }

    private LocalCluster start(int port, int managementPort, Map<String, String> environment) {
        return launcher.start(Launcher.newDataFolder(), 1, port, managementPort, environment)
                .awaitReady();
    }

    private static String through(FaultyProxy proxy, String jdbcUrl) {
        return jdbcUrl.replaceFirst(":[0-9]+/", ":" + proxy.port() + "/");
    }

    private void run(LocalCluster first, LocalCluster second, FaultyProxy proxy) {
        try (var api = new ApiClient(first.urls(), ApiClient.RetryPolicy.standard());
                var load = new WriteLoad(
                        User.registerAndLogIn(api, "Client of the outage", List.of("CLIENT")),
                        List.of(first.urls().getFirst(), second.urls().getFirst()))) {
            Await.sleep(NORMAL_PHASE);
            var before = load.take();
            proxy.setCondition(_ -> Condition.CUT);
            long vanished = System.nanoTime();
            Await.until("the node without a database is not ready", NOT_READY_TIMEOUT, () -> !second.isReady(0));
            long notReady = System.nanoTime();
            Await.sleep(
                    outage.minusNanos(notReady - vanished).isNegative()
                            ? Duration.ZERO
                            : outage.minusNanos(notReady - vanished));
            if (!first.isReady(0)) violations.add("the other node is not ready");
            var during = load.take();
            proxy.setCondition(_ -> Condition.GOOD);
            long restored = System.nanoTime();
            Await.until("the node is ready again", RECOVERY_TIMEOUT, () -> second.isReady(0));
            long ready = System.nanoTime();
            Await.until("the node writes again", RECOVERY_TIMEOUT, () -> load.writtenSince(restored, 1));
            load.take();
            Await.sleep(NORMAL_PHASE);
            var after = load.take();
            load.stop();
            report(before, during, after, Duration.ofNanos(notReady - vanished), Duration.ofNanos(ready - restored));
            audit(load);
        }
    }

    private void report(
            WriteLoad.Phase before, WriteLoad.Phase during, WriteLoad.Phase after, Duration notReady, Duration ready) {
        System.out.printf("""
                  not ready after                     %.1f s, ready again after %.1f s
                  before the outage                   %s
                  during the outage                   %s
                  after the outage                    %s
                """, notReady.toMillis() / 1e3, ready.toMillis() / 1e3, before, during, after);
        for (var phase : List.of(before, during, after)) {
            if (phase.internalErrors() > 0) violations.add(phase.internalErrors() + " responses with status 500");
            if (phase.slowestMillis() > SLOWEST_RESPONSE.toMillis())
                violations.add("a response took " + phase.slowestMillis() + " ms");
        }
        if (before.written() == 0 || after.written() == 0)
            violations.add("nothing was written before or after the outage");
        if (during.failed() == 0) violations.add("no request failed during the outage: it had no effect");
    }

    private void audit(WriteLoad load) {
        var lost = load.lost();
        System.out.println("  acknowledged writes                 " + load.acknowledged() + ", of which lost: " + lost);
        if (lost > 0) violations.add(lost + " acknowledged writes are lost");
    }
}
