package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code bench room}: sends many messages to one room and shows whether the rate, the stored state and the time
 * of the first message after a start depend on how many there are. Does not fail if a goal is missed.
 */
public final class RoomGrowth {
    private static final int CLIENTS = 16;
    private static final int WARM_UP_SECONDS = 20;
    private static final int WINDOW_SECONDS = 60;

    private final long messages;
    private final Launcher launcher;
    private final ResultTable table = new ResultTable();

    private RoomGrowth(long messages, Launcher launcher) {
        this.messages = messages;
        this.launcher = launcher;
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(long messages, Launcher launcher) {
        System.out.printf(Locale.ROOT, "  Sending %,d messages to one room of a node with its own data …%n", messages);
        return Benchmark.exitCode(() -> new RoomGrowth(messages, launcher).run());
    }

    private void run() throws IOException, SQLException, InterruptedException {
        var data = Launcher.newDataFolder();
        int port = Launcher.freePorts(1);
        int managementPort = Launcher.freePorts(1);
        var cluster = launcher.start(data, 1, port, managementPort).awaitReady();
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            var rooms = Rooms.none(api).open(3, 1);
            send(cluster.urls().getFirst(), rooms);
            state(cluster, rooms);
            cluster.stop();
            cluster = launcher.start(data, 1, port, managementPort).awaitReady();
            // The first request of a node also loads classes.
            firstMessage(rooms, 2);
            table.row("first message after a start, to a room with few messages", firstMessage(rooms, 1), "", "");
            table.row("first message after a start, to the full room", firstMessage(rooms, 0), "", "");
        } finally {
            cluster.close();
        }
        table.print();
    }

    private void send(URI server, Rooms rooms) throws IOException {
        var full = rooms.only(0);
        window(server, full, WARM_UP_SECONDS);
        Measurement first = null;
        var last = Measurement.sum(List.of());
        for (long sent = 0; sent < messages; ) {
            last = window(server, full, WINDOW_SECONDS);
            if (last.done() == 0) throw new IllegalStateException("no message was sent in a minute");
            sent += last.done();
            if (first == null) first = last;
            System.out.printf(
                    Locale.ROOT, "  %,10d messages  %s  %s%n", sent, Bench.perSecond(last), Bench.spread(last));
        }
        if (first == null) return;
        table.row("messages to one room, first minute", Bench.perSecond(first), Bench.spread(first), "");
        table.row("messages to one room, last minute", Bench.perSecond(last), Bench.spread(last), "the same");
    }

    /** Access tokens are valid for minutes. */
    private static Measurement window(URI server, Rooms rooms, int seconds) throws IOException {
        rooms.client().logIn();
        rooms.freelancer().logIn();
        return CommandLoad.measure(server, CLIENTS, 0, seconds, number -> rooms.request(server, number, false));
    }

    private void state(LocalCluster cluster, Rooms rooms) throws SQLException {
        try (var connection = DriverManager.getConnection(cluster.jdbcUrl());
                var statement = connection.prepareStatement("""
                        SELECT (SELECT count(*) FROM event_journal WHERE persistence_id = ?),
                               (SELECT max(length(snapshot_payload)) FROM snapshot WHERE persistence_id = ?)
                        """)) {
            var id = "room|" + rooms.ids().getFirst();
            statement.setString(1, id);
            statement.setString(2, id);
            try (var row = statement.executeQuery()) {
                row.next();
                table.row("events of the room", String.format(Locale.ROOT, "%,d", row.getLong(1)), "", "");
                table.row("its stored state", row.getLong(2) + " bytes", "", "");
            }
        }
    }

    private static String firstMessage(Rooms rooms, int index) {
        long started = System.nanoTime();
        rooms.market().sendMessage(rooms.client(), rooms.ids().get(index), "Where were we?");
        return String.format(Locale.ROOT, "%.1f ms", (System.nanoTime() - started) / 1e6);
    }
}
