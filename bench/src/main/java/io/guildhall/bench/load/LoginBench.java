package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.User;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The command {@code bench login}: measures registrations and logins on known devices with up to 256 clients, and counts the
 * events of accounts that the logins have written. Does not fail if a goal is missed.
 */
public final class LoginBench {
    private static final int USERS = 64;
    private static final List<Integer> CLIENTS = List.of(1, 256);
    private static final double WARM_UP_SECONDS = 5;

    private final int seconds;
    private final Launcher launcher;
    private final ResultTable table = new ResultTable();

    private LoginBench(int seconds, Launcher launcher) {
        this.seconds = seconds;
        this.launcher = launcher;
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(int seconds, Launcher launcher) {
        System.out.println("  Registering and logging in at a node with its own data …");
        return Benchmark.exitCode(() -> new LoginBench(seconds, launcher).run());
    }

    private void run() throws IOException, SQLException, InterruptedException {
        var cluster = launcher.start(
                        Launcher.newDataFolder(),
                        1,
                        Launcher.freePorts(1),
                        Launcher.freePorts(1),
                        // Few accounts log in many times.
                        Map.of("GUILDHALL_ATTEMPTS_BY_ACCOUNT_PER_MINUTE", "100000"))
                .awaitReady();
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            var server = cluster.urls().getFirst();
            var users = IntStream.range(0, USERS)
                    .mapToObj(_ -> User.registerAndLogIn(api, "Ada Login", List.of("CLIENT")))
                    .toList();
            for (int clients : CLIENTS) measure("registrations", clients, server, number -> registration(server));
            long before = accountEvents(cluster);
            for (int clients : CLIENTS)
                measure("logins on known devices", clients, server, number -> login(server, users, number));
            table.row(
                    "events of accounts that the logins have written",
                    Long.toString(accountEvents(cluster) - before),
                    "",
                    "0");
        } finally {
            cluster.close();
        }
        table.print();
    }

    private void measure(String what, int clients, URI server, IntFunction<byte[]> request) throws IOException {
        var measured = what + ", " + clients + (clients == 1 ? " client" : " clients");
        System.out.printf(Locale.ROOT, "  %s, %d s …%n", measured, seconds);
        var figures = CommandLoad.measure(server, clients, WARM_UP_SECONDS, seconds, request);
        table.row(measured, Bench.perSecond(figures), Bench.spread(figures), "");
    }

    private static byte[] registration(URI server) {
        return post(server, "/api/auth/register", """
                {"email": "%s@example.com", "password": "%s", "name": "Ada", "country": "CH", "roles": ["CLIENT"]}""".formatted(UUID.randomUUID(), User.PASSWORD));
    }

    private static byte[] login(URI server, List<User> users, int number) {
        var user = users.get(number % users.size());
        return post(server, "/api/auth/login", """
                {"email": "%s", "password": "%s", "deviceToken": "%s"}""".formatted(user.email(), User.PASSWORD, user.deviceToken()));
    }

    private static byte[] post(URI server, String path, String body) {
        return ResponseReader.ascii("POST " + path + " HTTP/1.1\r\n"
                + "Host: " + server.getAuthority() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static long accountEvents(LocalCluster cluster) throws SQLException {
        try (var connection = DriverManager.getConnection(cluster.jdbcUrl());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM event_journal WHERE kind = 'account'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
