package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The command {@code bench posting}: posts many jobs and shows whether the rate, the latency and the memory stay the
 * same from the first minute to the last. Does not fail if a goal is missed.
 */
public final class Posting {
    static final String GOAL = "≥ 2,500/s, p99 ≤ 40 ms";
    static final String RATIO_GOAL = "≥ 0.30";
    private static final int CLIENTS = 16;
    private static final int WARM_UP_SECONDS = 30;
    private static final int MESSAGE_SECONDS = 20;
    private static final int ROOMS = 16;
    private static final int WINDOW_SECONDS = 60;
    private static final Pattern PENDING = Pattern.compile("(?m)^guildhall_embeddings_pending ([0-9.E]+)$");

    private final long jobs;
    private final LocalCluster cluster;
    private final URI server;
    private final ResultTable table = new ResultTable();

    private Posting(long jobs, LocalCluster cluster) {
        this.jobs = jobs;
        this.cluster = cluster;
        this.server = cluster.urls().getFirst();
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(long jobs, Launcher launcher) {
        System.out.printf(Locale.ROOT, "  Posting %,d jobs on a node with its own data …%n", jobs);
        return Benchmark.exitCode(() -> {
            try (var cluster = launcher.start(1).awaitReady()) {
                new Posting(jobs, cluster).run();
            }
        });
    }

    private void run() throws IOException, InterruptedException {
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            var rooms = Rooms.none(api).open(ROOMS, 4);
            post(rooms, WARM_UP_SECONDS);
            var messages = CommandLoad.measure(
                    server, CLIENTS, WARM_UP_SECONDS, MESSAGE_SECONDS, number -> rooms.request(server, number, false));
            table.row("messages, 16 clients", Bench.perSecond(messages), Bench.spread(messages), "");
            measureJobs(rooms, messages);
        }
        table.print();
    }

    private void measureJobs(Rooms rooms, Measurement messages) throws IOException, InterruptedException {
        var cpu = cpuTime();
        long heapAtStart = 0;
        long posted = 0;
        var minutes = new ArrayList<Measurement>();
        while (posted < jobs) {
            var minute = post(rooms, WINDOW_SECONDS);
            if (minute.done() == 0) throw new IllegalStateException("no job was posted in a minute");
            if (minutes.isEmpty()) heapAtStart = heap();
            minutes.add(minute);
            posted += minute.done();
            System.out.printf(
                    Locale.ROOT, "  %,10d jobs  %s  %s%n", posted, Bench.perSecond(minute), Bench.spread(minute));
        }
        report(messages, minutes, cpuTime().since(cpu));
        table.row("heap after a collection, first minute", heapAtStart + " MB", "", "");
        table.row("heap after a collection, last minute", heap() + " MB", "", "the same");
        table.row("journal to slowest follower", "", "p99 " + Lag.worstFollower(cluster.operator(0)), "");
        table.row("documents that wait to be embedded", pending(), "", "");
    }

    private Measurement post(Rooms rooms, int seconds) throws IOException {
        // Access tokens are valid for minutes.
        rooms.client().logIn();
        return CommandLoad.measure(server, CLIENTS, 0, seconds, number -> rooms.jobRequest(server, number));
    }

    private void report(Measurement messages, List<Measurement> minutes, CpuTime cpu) {
        var first = minutes.getFirst();
        var last = minutes.getLast();
        long done = minutes.stream().mapToLong(Measurement::done).sum();
        table.row("jobs, first minute", Bench.perSecond(first), Bench.spread(first), GOAL);
        table.row("jobs, last minute", Bench.perSecond(last), Bench.spread(last), "the same");
        table.row("last minute to first", ratio(last, first), "", "≥ 0.90");
        table.row("ratio: jobs to messages", ratio(first, messages), "", RATIO_GOAL);
        table.row(
                "CPU time for each job",
                millis(cpu.total().toMillis(), done),
                "JVM " + millis(cpu.jvm().toMillis(), done) + ", database "
                        + millis(cpu.database().toMillis(), done),
                "");
    }

    private static String ratio(Measurement a, Measurement b) {
        return String.format(Locale.ROOT, "%.2f", a.perSecond() / b.perSecond());
    }

    private static String millis(long total, long count) {
        return String.format(Locale.ROOT, "%.2f ms", (double) total / Math.max(1, count));
    }

    private String pending() {
        return PENDING.matcher(cluster.operator(0).text("/metrics").orElse(""))
                .results()
                .map(it -> String.format(Locale.ROOT, "%,.0f", Double.parseDouble(it.group(1))))
                .findFirst()
                .orElse("–");
    }

    private CpuTime cpuTime() throws IOException {
        return CpuTime.of(cluster.process(), cluster.data().resolve("postgres/data/postmaster.pid"));
    }

    private long heap() throws IOException, InterruptedException {
        return Heap.megabytesAfterCollection(cluster.process().pid());
    }
}
