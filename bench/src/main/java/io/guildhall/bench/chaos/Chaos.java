package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.AuditData.EscrowTotals;
import io.guildhall.bench.chaos.ChaosHire.Ending;
import io.guildhall.bench.chaos.NamespaceFaults.UnavailableException;
import io.guildhall.bench.chaos.Verdict.Required;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.User;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The failure test: kills nodes, isolates them, stops them and drops packets under load. Then compares the acknowledged
 * writes with journal, read model and the provider's records, and has the program's own auditor do the same.
 */
public final class Chaos {
    /** The first round kills a node, the second isolates one, the third stops one. */
    public static final int MIN_ROUNDS = 3;

    private static final int PAIRS = 4;
    private static final Duration SCENARIO_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(3);

    /**
     * @param rounds each kills one node, isolates it, stops it or drops its packets, in turn
     * @param concurrentHires hires in progress at the same time
     * @param network {@code namespaces}, {@code proxies}, or {@code auto} for the first of them that is possible
     */
    public record Plan(int rounds, long seed, int nodes, int concurrentHires, String network) {}

    private final Plan plan;
    private final Launcher launcher;
    private final AcknowledgedWrites acknowledged = new AcknowledgedWrites();
    private final AtomicInteger scenarios = new AtomicInteger();
    private volatile boolean isStopping;

    public Chaos(Plan plan, Launcher launcher) {
        this.plan = plan;
        this.launcher = launcher;
    }

    /** @return the exit code: 0 if every invariant holds */
    public int run() {
        System.out.println("Chaos with seed " + plan.seed() + ": " + plan.rounds() + " rounds, " + plan.nodes()
                + " nodes, " + plan.concurrentHires() + " concurrent hires. Starting the nodes …");
        var data = Launcher.newDataFolder();
        int port = Launcher.freePorts(plan.nodes());
        int managementPort = Launcher.freePorts(plan.nodes());
        try (var network = openNetwork(data, port, managementPort)) {
            System.out.println("  faults of the network: " + network.description());
            return run(launcher.start(data, plan.nodes(), port, managementPort), network) ? 0 : 1;
        }
    }

    /** Takes namespaces if it can, and says why it takes proxies. */
    private NetworkFaults openNetwork(Path data, int port, int managementPort) {
        if (plan.network().equals("proxies"))
            return NetworkFaults.open(NetworkFaults.Method.PROXIES, data, plan.nodes(), port, managementPort);
        try {
            return NetworkFaults.open(NetworkFaults.Method.NAMESPACES, data, plan.nodes(), port, managementPort);
        } catch (UnavailableException e) {
            if (plan.network().equals("namespaces")) throw new NoResponseException(String.valueOf(e.getMessage()));
            System.out.println("  no network namespaces here (" + e.getMessage() + "); using proxies");
            return NetworkFaults.open(NetworkFaults.Method.PROXIES, data, plan.nodes(), port, managementPort);
        }
    }

    private boolean run(LocalCluster cluster, NetworkFaults network) {
        boolean isPassed = false;
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.duringFailures())) {
            network.connect(cluster);
            cluster.awaitReady();
            try (var queries = new AuditQueries(cluster.jdbcUrl())) {
                isPassed = run(cluster, api, queries, network);
            }
        } catch (SQLException | NoResponseException | InterruptedRunException failure) {
            System.out.println("The run could not be completed: " + failure.getMessage());
        } finally {
            if (isPassed) cluster.close();
            else keepForAnalysis(cluster);
        }
        return isPassed;
    }

    private static final class InterruptedRunException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InterruptedRunException(InterruptedException cause) {
            super("interrupted", cause);
        }
    }

    private static void keepForAnalysis(LocalCluster cluster) {
        cluster.stop();
        System.out.println("Data kept in " + cluster.data() + ", logs of the nodes in " + cluster.log());
    }

    private boolean run(LocalCluster cluster, ApiClient api, AuditQueries queries, NetworkFaults network)
            throws SQLException {
        var market = ChaosHire.market(api);
        var pairs = registerPairs(market, cluster);
        var users = pairs.stream()
                .flatMap(it -> Stream.of(it.client(), it.freelancer()))
                .toList();
        try (var listeners = new LiveListeners(users, cluster.urls())) {
            return run(cluster, api, queries, network, pairs, listeners);
        }
    }

    private boolean run(
            LocalCluster cluster,
            ApiClient api,
            AuditQueries queries,
            NetworkFaults network,
            List<Pair> pairs,
            LiveListeners listeners)
            throws SQLException {
        var load = startLoad(pairs, ChaosHire.market(api));
        var killer = new NodeKiller(cluster, queries, network, listeners, new Random(plan.seed()));
        try {
            for (int round = 1; round <= plan.rounds(); round++)
                System.out.println("  round " + round + ": " + killer.round(round) + "; "
                        + acknowledged.writes() + " writes acknowledged, " + acknowledged.completedHires()
                        + " hires completed" + failures());
        } finally {
            isStopping = true;
        }
        System.out.println("  no more faults; waiting for the hires in progress …");
        for (var thread : load) join(thread);
        awaitIdle(cluster, queries);
        var data = queries.read();
        var violations = new ArrayList<>(Auditor.violations(acknowledged.snapshot(), data));
        violations.addAll(listeners.violations(queries.liveEvents()));
        violations.addAll(new Verdict(counts(killer, data, listeners), api.internalErrors()).violations());
        violations.addAll(ProgramAudit.violations(cluster.operator(0)));
        new ChaosReport(plan, acknowledged.snapshot(), api, killer, data, listeners).print(violations);
        return violations.isEmpty();
    }

    private Map<Required, Integer> counts(NodeKiller killer, AuditData data, LiveListeners listeners) {
        return Map.of(
                Required.WRITE, Math.toIntExact(acknowledged.writes()),
                Required.HIRE, acknowledged.completedHires(),
                Required.REFUND, data.escrowsWhere(EscrowTotals::isRefunded),
                Required.SPLIT, data.escrowsWhere(EscrowTotals::isSplit),
                Required.KILL, killer.hits(),
                Required.STOP, killer.stops(),
                Required.GOING_AWAY, listeners.goingAway(),
                Required.RESUMPTION, listeners.resumed(),
                Required.REMOVAL, killer.removals());
    }

    private String failures() {
        return acknowledged.failures() == 0 ? "" : ", " + acknowledged.failures() + " failed";
    }

    private record Pair(User client, User freelancer) {}

    /** The provider accounts of half of the freelancers respond late, or lose the response to the first call. */
    private List<Pair> registerPairs(MarketplaceClient market, LocalCluster cluster) throws SQLException {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < PAIRS; i++) {
            var client = User.registerAndLogIn(market.api(), "Client " + (char) ('A' + i), List.of("CLIENT"));
            var freelancer =
                    User.registerAndLogIn(market.api(), "Freelancer " + (char) ('A' + i), List.of("FREELANCER"));
            market.openPayoutAccount(freelancer);
            pairs.add(new Pair(client, freelancer));
        }
        setProviderBehaviour(cluster, pairs.get(0).freelancer(), "late");
        setProviderBehaviour(cluster, pairs.get(1).freelancer(), "lost");
        return pairs;
    }

    private static void setProviderBehaviour(LocalCluster cluster, User freelancer, String behaviour)
            throws SQLException {
        try (var connection = DriverManager.getConnection(cluster.jdbcUrl());
                var update = connection.prepareStatement(
                        "UPDATE sandbox.connected_account SET behaviour = ? WHERE owner = ?")) {
            update.setString(1, behaviour);
            update.setString(2, freelancer.id());
            if (update.executeUpdate() != 1)
                throw new NoResponseException("the provider has no account of " + freelancer);
        }
    }

    private List<Thread> startLoad(List<Pair> pairs, MarketplaceClient market) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < plan.concurrentHires(); i++) {
            var pair = pairs.get(i % pairs.size());
            threads.add(Thread.startVirtualThread(() -> {
                while (!isStopping) runScenario(scenarios.incrementAndGet(), pair, market);
            }));
        }
        return threads;
    }

    private void runScenario(int number, Pair pair, MarketplaceClient market) {
        var name = "Hire " + plan.seed() + "/" + number;
        var random = new Random(plan.seed() * 31 + number);
        try {
            new ChaosHire(name, market, pair.client(), pair.freelancer(), random, acknowledged)
                    .run(Ending.ofHire(number));
        } catch (RuntimeException failure) {
            acknowledged.failure(name + ": " + failure.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(SCENARIO_TIMEOUT)) throw new NoResponseException("a hire did not complete in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException(e);
        }
    }

    /** Waits until nothing is due or in progress and no follower lags. The audit reports what is not idle in time. */
    private void awaitIdle(LocalCluster cluster, AuditQueries queries) {
        try {
            Await.until("the cluster is idle", IDLE_TIMEOUT, () -> isIdle(cluster, queries));
        } catch (NoResponseException e) {
            System.out.println("  " + e.getMessage());
        }
    }

    private static boolean isIdle(LocalCluster cluster, AuditQueries queries) {
        try {
            var lags = cluster.operator(0).json("/guildhall/followers").findValues("eventsBehind");
            return !lags.isEmpty()
                    && lags.stream().allMatch(it -> it.asLong() == 0)
                    && queries.pendingWork().isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }
}
