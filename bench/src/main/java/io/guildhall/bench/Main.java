package io.guildhall.bench;

import io.guildhall.bench.chaos.Chaos;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.demo.Demo;
import io.guildhall.bench.eval.EvalMarketplace;
import io.guildhall.bench.load.Bench;
import io.guildhall.bench.load.Enumeration;
import io.guildhall.bench.load.HalfOpenSockets;
import io.guildhall.bench.load.LiveBench;
import io.guildhall.bench.load.LoginBench;
import io.guildhall.bench.load.Posting;
import io.guildhall.bench.load.RoomGrowth;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.outage.DatabaseOutage;
import io.guildhall.bench.search.SearchBench;
import io.guildhall.bench.seed.Marketplace;
import io.guildhall.bench.seed.Seed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Demo, seed data, load tests, search evaluation and failure tests. All of them use the HTTP API of running nodes. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /**
     * @return the exit code: 0 for success, 1 if a check failed or the command could not run, 2 if the command line is
     *     invalid
     */
    static int run(List<String> arguments) {
        try {
            var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
            return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
                case "demo" -> demo(Options.parse(rest, Set.of("--url", "--program")));
                case "chaos" ->
                    chaos(Options.parse(
                            rest,
                            Set.of("--rounds", "--seed", "--nodes", "--hires", "--network", "--outage", "--program")));
                case "bench" ->
                    switch (rest.isEmpty() ? "" : rest.getFirst()) {
                        case "search" -> search(rest.subList(1, rest.size()));
                        case "sockets" -> sockets(rest.subList(1, rest.size()));
                        case "posting" -> posting(rest.subList(1, rest.size()));
                        case "room" -> room(rest.subList(1, rest.size()));
                        case "enumeration" -> enumeration(rest.subList(1, rest.size()));
                        case "live" -> live(rest.subList(1, rest.size()));
                        case "login" -> login(rest.subList(1, rest.size()));
                        default -> bench(rest);
                    };
                case "eval" -> eval(Options.parse(rest, Set.of("--seed", "--scale", "--sample", "--management-port")));
                case "seed" -> seed(Options.parse(rest, Set.of("--seed", "--scale", "--print", "--management-port")));
                default ->
                    throw new Options.UsageException(
                            "Use demo, seed, bench, eval or chaos. ./guildhall help lists their options.");
            };
        } catch (Options.UsageException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static int demo(Options options) {
        return options.text("--url")
                .map(url -> Demo.run(address(url)))
                .orElseGet(() -> Demo.runOnPort(port(), launcher(options)));
    }

    private static URI address(String url) {
        try {
            var address = new URI(url);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) return address;
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw new Options.UsageException("--url must be an address such as http://127.0.0.1:8080, not '" + url + "'.");
    }

    private static int port() {
        return (int) portFromEnvironment("GUILDHALL_PORT", 8080);
    }

    private static long portFromEnvironment(String variable, int defaultPort) {
        var port = System.getenv().getOrDefault(variable, "");
        return new Options(port.isBlank() ? Map.of() : Map.of(variable, port)).number(variable, defaultPort, 1, 65_535);
    }

    private static int chaos(Options options) {
        if (options.text("--outage").isPresent())
            return new DatabaseOutage(Duration.ofSeconds(options.number("--outage", 60, 1, 3_600)), launcher(options))
                    .run();
        var plan = new Chaos.Plan(
                (int) options.number("--rounds", 20, Chaos.MIN_ROUNDS, 10_000),
                options.number(
                        "--seed", ThreadLocalRandom.current().nextLong(1, 1_000_000), Long.MIN_VALUE, Long.MAX_VALUE),
                (int) options.number("--nodes", 3, 3, 9),
                (int) options.number("--hires", 8, 1, 200),
                options.oneOf("--network", "auto", List.of("auto", "namespaces", "proxies")));
        return new Chaos(plan, launcher(options)).run();
    }

    private static int bench(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--seconds", "--program"));
        return Bench.run((int) options.number("--seconds", 8, 1, 600), launcher(options));
    }

    private static int sockets(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--sockets", "--program"));
        return HalfOpenSockets.run((int) options.number("--sockets", 10_000, 100, 60_000), launcher(options));
    }

    private static int posting(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--jobs", "--program"));
        return Posting.run(options.number("--jobs", 1_000_000, 1, 100_000_000), launcher(options));
    }

    private static int room(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--messages", "--program"));
        return RoomGrowth.run(options.number("--messages", 1_000_000, 1, 100_000_000), launcher(options));
    }

    private static int live(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--sockets", "--program"));
        return LiveBench.run((int) options.number("--sockets", 5_000, 1, 6_000), launcher(options));
    }

    private static int enumeration(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--pairs", "--program"));
        return Enumeration.run((int) options.number("--pairs", 200, 10, 10_000), launcher(options));
    }

    private static int login(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--seconds", "--program"));
        return LoginBench.run((int) options.number("--seconds", 30, 1, 600), launcher(options));
    }

    private static int search(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--documents", "--program"));
        return SearchBench.run((int) options.number("--documents", 100_000, 10_000, 1_000_000), launcher(options));
    }

    private static int eval(Options options) {
        var market = Marketplace.generate(
                options.number("--seed", 1, 0, 999_999_999), (int) options.number("--scale", 100, 1, 2_000));
        return EvalMarketplace.run(market, URI.create("http://127.0.0.1:" + port()), management(options), (int)
                options.number("--sample", 50, 1, 1_000));
    }

    private static int seed(Options options) {
        var seed =
                new Seed(options.number("--seed", 1, 0, 999_999_999), (int) options.number("--scale", 100, 1, 2_000));
        return options.text("--print")
                .map(folder -> seed.print(Path.of(folder)))
                .orElseGet(() -> seed.upload(management(options)));
    }

    private static ManagementClient management(Options options) {
        long port =
                options.number("--management-port", portFromEnvironment("GUILDHALL_MANAGEMENT_PORT", 8558), 1, 65_535);
        return ManagementClient.of(URI.create("http://127.0.0.1:" + port), System.getenv());
    }

    private static Launcher launcher(Options options) {
        var path = options.text("--program")
                .orElseGet(() -> System.getenv().getOrDefault("GUILDHALL_HOME", ".") + "/guildhall");
        return new Launcher(List.of(Path.of(path).toAbsolutePath().normalize().toString()));
    }
}
