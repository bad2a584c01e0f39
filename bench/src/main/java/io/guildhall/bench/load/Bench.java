package io.guildhall.bench.load;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Refused;
import io.guildhall.bench.node.House;
import io.guildhall.bench.node.Program;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Measures in one run on one machine, and judges nothing. */
public final class Bench {
    private static final int ROOMS = 64;
    private static final int IDLE_HIRES = 12;
    private static final List<Integer> CLIENTS = List.of(1, 16, 256);
    private static final int STARTS = 3;
    private static final long BEGAN = System.nanoTime();
    /** Before the first measurement, until the compiler has seen enough; and before each, at its number of clients. */
    private static final int FIRST_WARM_UP_SECONDS = 20;

    private static final double WARM_UP_SECONDS = 5;

    private final int seconds;
    private final Program program;
    private final Table table = new Table();

    private Bench(int seconds, Program program) {
        this.seconds = seconds;
        this.program = program;
    }

    /** The exit code: 0 where there are figures, whatever they are. */
    public static int run(int seconds, Program program) {
        try {
            new Bench(seconds, program).run();
            return 0;
        } catch (SQLException | IOException | NoAnswer | Refused | IllegalStateException e) {
            System.err.println("The bench could not be run: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void run() throws SQLException, IOException, InterruptedException {
        say("Starting a node with data of its own; server, database and load share this machine ("
                + Runtime.getRuntime().availableProcessors() + " cores).");
        int port = Program.freePorts(1);
        int managementPort = Program.freePorts(1);
        var house =
                program.start(Program.freshFolder(), 1, port, managementPort).awaitReady();
        try {
            measure(house);
            house.stop();
            house = starts(house, port, managementPort);
        } finally {
            house.close();
        }
        table.print();
    }

    private void measure(House house) throws SQLException, IOException, InterruptedException {
        var server = house.urls().getFirst();
        var raw = new HashMap<Integer, Figures>();
        for (int clients : List.of(1, 16)) {
            say("inserting single rows with " + clients + " connections, " + seconds + " s …");
            raw.put(clients, Inserts.measure(house.jdbcUrl(), clients, seconds));
            table.row(
                    "single-row insert commits, " + clients + (clients == 1 ? " client" : " clients"),
                    perSecond(raw.get(clients)),
                    spread(raw.get(clients)),
                    "");
        }
        try (var api = new Api(house.urls(), Api.Patience.calm())) {
            say("idle lag: hiring " + IDLE_HIRES + " times, one after another, and talking …");
            var rooms = Rooms.of(api).more(IDLE_HIRES, 1);
            idleLag(house, rooms);
            say("opening " + ROOMS + " rooms, by hiring …");
            rooms = rooms.more(ROOMS - IDLE_HIRES, 8);
            commands(server, rooms, raw.get(16));
            say("lag under load …");
            loadedLag(house, server, rooms);
        }
    }

    private void idleLag(House house, Rooms rooms) throws IOException {
        Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 20, 50);
        var idle = Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 150, 100);
        table.row(
                "idle: acknowledged message to list",
                "p50 " + Figures.millis(idle, 50),
                "p99 " + Figures.millis(idle, 99),
                "p99 ≤ 250 ms");
        table.row("idle: journal to slowest follower", "", "p99 " + Lag.ofFollowers(house.management(0)), "");
    }

    private void commands(URI server, Rooms rooms, Figures raw) throws IOException {
        var goals = Map.of(16, "≥ 0.45", 256, "≥ 0.65");
        var ratios = new ArrayList<Runnable>();
        say("warming the server up, " + FIRST_WARM_UP_SECONDS + " s …");
        Commands.measure(server, 16, 0, FIRST_WARM_UP_SECONDS, number -> rooms.request(server, number, false));
        for (int clients : CLIENTS) {
            say("posting messages with " + clients + " clients, " + seconds + " s …");
            var figures = Commands.measure(
                    server, clients, WARM_UP_SECONDS, seconds, number -> rooms.request(server, number, false));
            table.row(
                    "durable commands over HTTP, " + clients + (clients == 1 ? " client" : " clients"),
                    perSecond(figures),
                    spread(figures),
                    "");
            if (goals.containsKey(clients))
                ratios.add(() -> table.row(
                        "  commands with " + clients + " clients / inserts with 16",
                        String.format(Locale.ROOT, "%.2f", figures.perSecond() / raw.perSecond()),
                        "",
                        goals.get(clients)));
        }
        var keyed =
                Commands.measure(server, 16, WARM_UP_SECONDS, seconds, number -> rooms.request(server, number, true));
        table.row("the same with an Idempotency-Key, 16 clients", perSecond(keyed), spread(keyed), "");
        ratios.forEach(Runnable::run);
    }

    private void loadedLag(House house, URI server, Rooms rooms) throws IOException {
        var others = new Rooms(
                rooms.market(), rooms.client(), rooms.freelancer(), rooms.ids().subList(1, ROOMS));
        var load = CompletableFuture.supplyAsync(() -> {
            try {
                return Commands.measure(server, 16, 1, 12, number -> others.request(server, number, false));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        var loaded = Lag.measure(rooms.market(), rooms.client(), rooms.ids().getFirst(), 60, 100);
        var figures = load.join();
        table.row(
                "loaded (" + Math.round(figures.perSecond()) + "/s): acknowledged message to list",
                "p50 " + Figures.millis(loaded, 50),
                "p99 " + Figures.millis(loaded, 99),
                "");
        table.row("loaded: journal to slowest follower", "", "p99 " + Lag.ofFollowers(house.management(0)), "");
    }

    private House starts(House stopped, int port, int managementPort) throws InterruptedException {
        var millis = new ArrayList<Long>();
        House house = stopped;
        for (int i = 1; i <= STARTS; i++) {
            say("start " + i + " on the same data …");
            var started = StartUp.measure(program, stopped.data(), port, managementPort);
            millis.add(started.millis());
            house = started.house();
            if (i < STARTS) house.stop();
        }
        table.row(
                "start to first 200, warm data (median of " + STARTS + ")",
                millis.stream().sorted().toList().get(STARTS / 2) + " ms",
                "all " + millis,
                "≤ 2,000 ms");
        say("letting it rest …");
        Thread.sleep(10_000);
        Memory.of(house.process(), house.data().resolve("postgres/data/postmaster.pid"))
                .ifPresent(memory -> table.row(
                        "resident memory at rest (PSS)",
                        memory.total() / 1024 + " MB",
                        "JVM " + memory.jvm() / 1024 + ", database " + memory.database() / 1024,
                        "≤ 500 MB"));
        return house;
    }

    private static String perSecond(Figures figures) {
        return String.format(Locale.ROOT, "%,.0f/s", figures.perSecond())
                + (figures.failed() == 0 ? "" : " (" + figures.failed() + " failed)");
    }

    private static String spread(Figures figures) {
        return "p50 " + figures.millis(50) + ", p99 " + figures.millis(99);
    }

    private static void say(String progress) {
        System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", (System.nanoTime() - BEGAN) / 1e9, progress);
    }
}
