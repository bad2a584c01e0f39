package io.guildhall.bench.load;

import static java.util.Objects.requireNonNull;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The command {@code bench}: measures throughput, latency, lag, start-up time and memory. Does not fail if a goal is
 * missed.
 */
public final class Bench {
    private static final int ROOMS = 64;
    private static final int ROOMS_FOR_IDLE_LAG = 12;
    private static final List<Integer> CLIENTS = List.of(1, 16, 256);
    private static final int STARTS = 3;
    private static final int TURNS = 5;
    private static final long STARTED_AT = System.nanoTime();
    // Before the first measurement: the JIT compiler needs it.
    private static final int FIRST_WARM_UP_SECONDS = 20;
    // Before each measurement, with its number of clients.
    private static final double WARM_UP_SECONDS = 5;
    // Posting a job runs other code than sending a message.
    private static final double JOBS_WARM_UP_SECONDS = 20;

    private final int seconds;
    private final Launcher launcher;
    private final ResultTable table = new ResultTable();

    private Bench(int seconds, Launcher launcher) {
        this.seconds = seconds;
        this.launcher = launcher;
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(int seconds, Launcher launcher) {
        return Benchmark.exitCode(new Bench(seconds, launcher)::run);
    }

    private void run() throws SQLException, IOException, InterruptedException {
        log("Starting a node with its own data. Server, database and load generator share this machine ("
                + Runtime.getRuntime().availableProcessors() + " cores).");
        int port = Launcher.freePorts(1);
        int managementPort = Launcher.freePorts(1);
        var cluster = launcher.start(Launcher.newDataFolder(), 1, port, managementPort)
                .awaitReady();
        try {
            measure(cluster);
            cluster.stop();
            cluster = measureStarts(cluster, port, managementPort);
        } finally {
            cluster.close();
        }
        table.print();
    }

    private void measure(LocalCluster cluster) throws SQLException, IOException, InterruptedException {
        var server = cluster.urls().getFirst();
        var inserts = new HashMap<Integer, Measurement>();
        for (int clients : List.of(1, 16)) {
            log("inserting single rows with " + clients + " connections, " + seconds + " s …");
            inserts.put(clients, InsertBaseline.measure(cluster.jdbcUrl(), clients, seconds));
            table.row(
                    "single-row insert commits, " + clients + (clients == 1 ? " client" : " clients"),
                    perSecond(inserts.get(clients)),
                    spread(inserts.get(clients)),
                    "");
        }
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            log("measuring idle lag: hiring " + ROOMS_FOR_IDLE_LAG + " times in sequence and sending messages …");
            var rooms = Rooms.none(api).open(ROOMS_FOR_IDLE_LAG, 1);
            measureIdleLag(cluster, rooms);
            log("opening " + ROOMS + " rooms by hiring …");
            rooms = rooms.open(ROOMS - ROOMS_FOR_IDLE_LAG, 8);
            measureCommands(server, rooms, requireNonNull(inserts.get(16)));
            log("measuring lag under load …");
            measureLagUnderLoad(cluster, server, rooms);
        }
    }

    private void measureIdleLag(LocalCluster cluster, Rooms rooms) throws IOException {
        Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 20, 50);
        var idle = Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 150, 100);
        table.row(
                "idle: acknowledged message until listed",
                "p50 " + Measurement.millis(idle, 50),
                "p99 " + Measurement.millis(idle, 99),
                "p99 ≤ 250 ms");
        table.row("idle: journal to slowest follower", "", "p99 " + Lag.worstFollower(cluster.operator(0)), "");
    }

    private void measureCommands(URI server, Rooms rooms, Measurement inserts) throws IOException {
        var goals = Map.of(16, "≥ 0.45", 256, "≥ 0.65");
        var ratios = new ArrayList<Runnable>();
        var messages = new HashMap<Integer, Measurement>();
        log("warming up the server, " + FIRST_WARM_UP_SECONDS + " s …");
        CommandLoad.measure(server, 16, 0, FIRST_WARM_UP_SECONDS, number -> rooms.request(server, number, false));
        for (int clients : CLIENTS) {
            log("posting messages with " + clients + " clients, " + seconds + " s …");
            var figures = CommandLoad.measure(
                    server, clients, WARM_UP_SECONDS, seconds, number -> rooms.request(server, number, false));
            table.row(
                    "durable commands over HTTP, " + clients + (clients == 1 ? " client" : " clients"),
                    perSecond(figures),
                    spread(figures),
                    "");
            messages.put(clients, figures);
            if (goals.containsKey(clients))
                ratios.add(() -> table.row(
                        "ratio: commands with " + clients + " clients to inserts with 16",
                        String.format(Locale.ROOT, "%.2f", figures.perSecond() / inserts.perSecond()),
                        "",
                        goals.get(clients)));
        }
        ratios.forEach(Runnable::run);
        measureIdempotencyKeys(server, rooms);
        measureJobs(server, rooms, requireNonNull(messages.get(16)));
    }

    private void measureJobs(URI server, Rooms rooms, Measurement messages) throws IOException {
        log("posting jobs with 16 clients, " + seconds + " s …");
        var jobs = CommandLoad.measure(
                server, 16, JOBS_WARM_UP_SECONDS, seconds, number -> rooms.jobRequest(server, number));
        table.row("jobs posted and published, 16 clients", perSecond(jobs), spread(jobs), Posting.GOAL);
        table.row(
                "ratio: jobs to messages, 16 clients",
                String.format(Locale.ROOT, "%.2f", jobs.perSecond() / messages.perSecond()),
                "",
                Posting.RATIO_GOAL);
    }

    /** In turns without and with keys, so that other load on the machine affects both alike. */
    private void measureIdempotencyKeys(URI server, Rooms rooms) throws IOException {
        log("posting messages with 16 clients, in turns without and with keys, 2 × " + seconds + " s …");
        var plain = new ArrayList<Measurement>();
        var keyed = new ArrayList<Measurement>();
        for (int turn = 0; turn < TURNS; turn++) {
            plain.add(measureTurn(server, rooms, false));
            keyed.add(measureTurn(server, rooms, true));
        }
        var without = Measurement.sum(plain);
        var with = Measurement.sum(keyed);
        table.row("in turns: without an Idempotency-Key, 16 clients", perSecond(without), spread(without), "");
        table.row("in turns: with an Idempotency-Key, 16 clients", perSecond(with), spread(with), "");
        table.row(
                "ratio: commands with a key to commands without",
                String.format(Locale.ROOT, "%.2f", with.perSecond() / without.perSecond()),
                "",
                "≥ 0.70");
    }

    private Measurement measureTurn(URI server, Rooms rooms, boolean withKey) throws IOException {
        return CommandLoad.measure(
                server, 16, 1, (double) seconds / TURNS, number -> rooms.request(server, number, withKey));
    }

    private void measureLagUnderLoad(LocalCluster cluster, URI server, Rooms rooms) throws IOException {
        var others = new Rooms(
                rooms.market(), rooms.client(), rooms.freelancer(), rooms.ids().subList(1, ROOMS));
        var load = CompletableFuture.supplyAsync(() -> {
            try {
                return CommandLoad.measure(server, 16, 1, 12, number -> others.request(server, number, false));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        var lag = Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 60, 100);
        var throughput = load.join();
        table.row(
                "under load (" + Math.round(throughput.perSecond()) + "/s): acknowledged message until listed",
                "p50 " + Measurement.millis(lag, 50),
                "p99 " + Measurement.millis(lag, 99),
                "");
        table.row("under load: journal to slowest follower", "", "p99 " + Lag.worstFollower(cluster.operator(0)), "");
    }

    private LocalCluster measureStarts(LocalCluster stopped, int port, int managementPort) throws InterruptedException {
        var millis = new ArrayList<Long>();
        LocalCluster cluster = stopped;
        for (int i = 1; i <= STARTS; i++) {
            log("start " + i + " on existing data …");
            var started = StartUp.measure(launcher, stopped.data(), port, managementPort);
            millis.add(started.millis());
            cluster = started.cluster();
            if (i < STARTS) cluster.stop();
        }
        table.row(
                "start to first 200, existing data (median of " + STARTS + ")",
                millis.stream().sorted().toList().get(STARTS / 2) + " ms",
                millis.toString(),
                "≤ 2,000 ms");
        log("waiting until the node is at rest …");
        Thread.sleep(10_000);
        Memory.of(cluster.process(), cluster.data().resolve("postgres/data/postmaster.pid"))
                .ifPresent(memory -> table.row(
                        "resident memory at rest (PSS)",
                        memory.total() / 1024 + " MB",
                        "JVM " + memory.jvm() / 1024 + ", database " + memory.database() / 1024,
                        "≤ 500 MB"));
        return cluster;
    }

    static String perSecond(Measurement figures) {
        return String.format(Locale.ROOT, "%,.0f/s", figures.perSecond())
                + (figures.failed() == 0 ? "" : " (" + figures.failed() + " failed)");
    }

    static String spread(Measurement figures) {
        return "p50 " + figures.millis(50) + ", p99 " + figures.millis(99);
    }

    private static void log(String progress) {
        System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", (System.nanoTime() - STARTED_AT) / 1e9, progress);
    }
}
