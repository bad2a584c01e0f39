package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.LiveConnection;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The command {@code bench live}: measures the time from a request that sends a message until the other party's connection
 * has received it, idle, under load and with many subscribers, and the memory of idle connections. Does not fail if a
 * goal is missed.
 */
public final class LiveBench {
    private static final int ROOMS = 8;
    private static final int PROBES = 200;
    private static final int PROBES_UNDER_LOAD = 150;
    private static final int LOAD_CLIENTS = 16;
    private static final int LOAD_PER_SECOND = 5_000;
    private static final int WARM_UP_SECONDS = 15;
    private static final int SUBSCRIBERS = 1_000;
    private static final int FRAMES_TO_SUBSCRIBERS = 20;
    /** All connections of the load generator come from one address and two accounts. */
    private static final Map<String, String> NO_LIMITS = Map.of(
            "GUILDHALL_MAX_CONNECTIONS", "8000",
            "GUILDHALL_MAX_CONNECTIONS_PER_ADDRESS", "8000",
            "GUILDHALL_MAX_LIVE_CONNECTIONS", "7000",
            "GUILDHALL_MAX_LIVE_CONNECTIONS_PER_ADDRESS", "7000",
            "GUILDHALL_MAX_LIVE_CONNECTIONS_PER_ACCOUNT", "7000",
            "GUILDHALL_JAVA_OPTIONS", "-Xmx1600m -Xmn400m");

    private final int sockets;
    private final LocalCluster cluster;
    private final URI server;
    private final ResultTable table = new ResultTable();
    private final HttpClient http = HttpClient.newHttpClient();

    private LiveBench(int sockets, LocalCluster cluster) {
        this.sockets = sockets;
        this.cluster = cluster;
        this.server = cluster.urls().getFirst();
    }

    /**
     * @param sockets the number of idle connections
     * @return the exit code: 0 if everything was measured
     */
    public static int run(int sockets, Launcher launcher) {
        return Benchmark.exitCode(() -> {
            var data = Launcher.newDataFolder();
            try (var cluster = launcher.start(data, 1, Launcher.freePorts(1), Launcher.freePorts(1), NO_LIMITS)
                    .awaitReady()) {
                new LiveBench(sockets, cluster).run();
            }
        });
    }

    private void run() throws IOException, InterruptedException {
        try (var echo = new EchoServer();
                var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            log("opening " + ROOMS + " rooms by hiring …");
            var rooms = Rooms.none(api).open(ROOMS, 4);
            log("warming up, " + WARM_UP_SECONDS + " s …");
            CommandLoad.measure(server, LOAD_CLIENTS, 0, WARM_UP_SECONDS, it -> rooms.request(server, it, false));
            measureLatency(rooms, echo);
            measureSubscribers(rooms, echo);
            measureIdleSockets(rooms, echo);
        } finally {
            table.print();
        }
    }

    private void measureLatency(Rooms rooms, EchoServer echo) {
        try (var probe = new RoomProbe(http, server, rooms);
                var bare = new EchoProbe(http, echo.uri())) {
            probe.measure(PROBES / 2);
            bare.echo(PROBES / 2);
            probe.echo(PROBES / 2);
            log("measuring latency without load …");
            row("idle: bare WebSocket echo", bare.echo(PROBES), "");
            row("idle: ping until pong on the same connection", probe.echo(PROBES), "");
            row("idle: request until the other party's frame", probe.measure(PROBES), "p50 ≤ 30 ms, p99 ≤ 60 ms");
            log("measuring latency under load …");
            measureUnderLoad(rooms, probe, bare);
        }
    }

    private void measureUnderLoad(Rooms rooms, RoomProbe probe, EchoProbe bare) {
        var others = new Rooms(
                rooms.market(), rooms.client(), rooms.freelancer(), rooms.ids().subList(1, ROOMS));
        long start = System.nanoTime();
        var load = CompletableFuture.supplyAsync(() -> {
            try {
                return CommandLoad.measure(server, LOAD_CLIENTS, 2, 20, number -> {
                    awaitTurn(start, number);
                    return others.request(server, number, false);
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Await.sleep(Duration.ofSeconds(2));
        var latency = probe.measure(PROBES_UNDER_LOAD);
        var echo = probe.echo(PROBES_UNDER_LOAD / 3);
        var bareEcho = bare.echo(PROBES_UNDER_LOAD / 3);
        var rate = Bench.perSecond(load.join());
        row("under load (" + rate + "): bare WebSocket echo", bareEcho, "");
        row("under load (" + rate + "): ping until pong", echo, "");
        row("under load (" + rate + "): request until the other party's frame", latency, "at 5,000/s: p99 ≤ 200 ms");
    }

    private static void awaitTurn(long start, int number) {
        long turn = start + number * (1_000_000_000L / LOAD_PER_SECOND);
        while (System.nanoTime() < turn) LockSupport.parkNanos(turn - System.nanoTime());
    }

    private void measureSubscribers(Rooms rooms, EchoServer echo) throws InterruptedException {
        var bare = SUBSCRIBERS + " subscribers: bare WebSocket server, frame until each has received it";
        row(bare, measureBareSubscribers(echo), "");
        log("subscribing " + SUBSCRIBERS + " connections to one room …");
        var room = rooms.ids().get(1);
        try (var subscribers = new Subscribers()) {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                var user = i % 2 == 0 ? rooms.client() : rooms.freelancer();
                subscribers
                        .open(http, server, user.accessToken(), "subscribed", "message")
                        .send("{\"type\":\"subscribe\",\"channel\":\"room:" + room + "\"}");
            }
            var latencies = subscribers.measure(
                    FRAMES_TO_SUBSCRIBERS, i -> rooms.market().sendMessage(rooms.client(), room, "To all " + i));
            row(SUBSCRIBERS + " subscribers: request until each has received the frame", latencies, "p99 ≤ 100 ms");
        }
    }

    private Histogram measureBareSubscribers(EchoServer echo) throws InterruptedException {
        try (var subscribers = new Subscribers()) {
            var connections = new ArrayList<LiveConnection>();
            for (int i = 0; i < SUBSCRIBERS; i++)
                connections.add(subscribers.open(http, echo.uri(), "", "authenticate", EchoServer.BROADCAST));
            var frame = "{\"type\":\"" + EchoServer.BROADCAST + "\"}";
            return subscribers.measure(
                    FRAMES_TO_SUBSCRIBERS, _ -> connections.getFirst().send(frame));
        }
    }

    private void measureIdleSockets(Rooms rooms, EchoServer echo) throws IOException, InterruptedException {
        log("opening " + sockets + " idle connections to each server …");
        measureIdleSockets("bare WebSocket server", echo.pid(), echo.uri(), "", "\"authenticate\"");
        measureIdleSockets(
                "node", cluster.process().pid(), server, rooms.client().accessToken(), "\"authenticated\"");
    }

    private void measureIdleSockets(String name, long pid, URI uri, String accessToken, String response)
            throws IOException, InterruptedException {
        long before = Heap.megabytesAfterCollection(pid);
        try (var idle = new IdleLiveSockets()) {
            idle.open(uri, accessToken, response, sockets);
            long after = Heap.megabytesAfterCollection(pid);
            table.row(
                    String.format(Locale.ROOT, "heap of %,d idle connections: %s", idle.count(), name),
                    after - before + " MB",
                    String.format(Locale.ROOT, "%.1f KB each", (after - before) * 1024.0 / idle.count()),
                    "");
        }
    }

    private void row(String what, Histogram latencies, String goal) {
        table.row(
                what,
                "p50 " + Measurement.millis(latencies, 50),
                "p99 " + Measurement.millis(latencies, 99) + ", max " + Measurement.millis(latencies, 100),
                goal);
    }

    private static void log(String progress) {
        System.out.println("  " + progress);
    }
}
