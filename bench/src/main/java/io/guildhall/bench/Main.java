package io.guildhall.bench;

import io.guildhall.bench.chaos.Chaos;
import io.guildhall.bench.demo.Demo;
import io.guildhall.bench.eval.EvalMarketplace;
import io.guildhall.bench.load.Bench;
import io.guildhall.bench.node.Program;
import io.guildhall.bench.search.SearchBench;
import io.guildhall.bench.seed.Marketplace;
import io.guildhall.bench.seed.Seed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The walk through the whole path, the failure harness and the load harness: from outside, over HTTP. */
public final class Main {
    private static final String USAGE = """
            usage: ./guildhall demo  [--url http://127.0.0.1:8080]                       walks from registration to the last review
                   ./guildhall chaos [--rounds 20] [--seed N] [--nodes 3] [--stories 8]  kills nodes under load, then compares all books
                   ./guildhall bench [--seconds 8]                                       measures, and judges nothing
                   ./guildhall bench search [--documents 100000]                         measures searching, by itself
                   ./guildhall seed  [--seed 1] [--scale 100] [--management-port 8558]   brings the demo marketplace into a running house
                   ./guildhall eval marketplace [--sample 50]                            how well the seeded marketplace is searched
                   ./guildhall seed  [--seed 1] [--scale 100] --print DIR                writes it as JSON lines instead
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /** The exit code: 0 where all held, 1 where something is off, 2 where the command line is. */
    static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(USAGE);
            return 0;
        }
        try {
            var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
            return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
                case "demo" -> demo(Options.parse(rest, Set.of("--url", "--program")));
                case "chaos" ->
                    chaos(Options.parse(rest, Set.of("--rounds", "--seed", "--nodes", "--stories", "--program")));
                case "bench" ->
                    rest.isEmpty() || !rest.getFirst().equals("search")
                            ? bench(rest)
                            : search(rest.subList(1, rest.size()));
                case "eval" -> eval(Options.parse(rest, Set.of("--seed", "--scale", "--sample", "--management-port")));
                case "seed" -> seed(Options.parse(rest, Set.of("--seed", "--scale", "--print", "--management-port")));
                default -> throw new Options.Misuse(USAGE);
            };
        } catch (Options.Misuse misuse) {
            System.err.println(misuse.getMessage());
            return 2;
        }
    }

    private static int demo(Options options) {
        return options.text("--url")
                .map(url -> Demo.run(address(url)))
                .orElseGet(() -> Demo.runAnywhere(port(), program(options)));
    }

    private static URI address(String url) {
        try {
            var address = new URI(url);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) return address;
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new Options.Misuse("--url is an address such as http://127.0.0.1:8080, not '" + url + "'.");
    }

    private static int port() {
        var port = System.getenv().getOrDefault("GUILDHALL_PORT", "");
        return (int) new Options(port.isBlank() ? Map.of() : Map.of("GUILDHALL_PORT", port))
                .number("GUILDHALL_PORT", 8080, 1, 65_535);
    }

    private static int chaos(Options options) {
        var plan = new Chaos.Plan(
                (int) options.number("--rounds", 20, 1, 10_000),
                options.number(
                        "--seed", ThreadLocalRandom.current().nextLong(1, 1_000_000), Long.MIN_VALUE, Long.MAX_VALUE),
                (int) options.number("--nodes", 3, 3, 9),
                (int) options.number("--stories", 8, 1, 200));
        return new Chaos(plan, program(options)).run();
    }

    private static int bench(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--seconds", "--program"));
        return Bench.run((int) options.number("--seconds", 8, 1, 600), program(options));
    }

    private static int search(List<String> arguments) {
        var options = Options.parse(arguments, Set.of("--documents", "--program"));
        return SearchBench.run((int) options.number("--documents", 100_000, 10_000, 1_000_000), program(options));
    }

    private static int eval(Options options) {
        var market = Marketplace.generate(
                options.number("--seed", 1, 0, 999_999_999), (int) options.number("--scale", 100, 1, 2_000));
        return EvalMarketplace.run(
                market,
                URI.create("http://127.0.0.1:" + port()),
                URI.create("http://127.0.0.1:" + managementPort(options)),
                (int) options.number("--sample", 50, 1, 1_000));
    }

    private static int seed(Options options) {
        var seed =
                new Seed(options.number("--seed", 1, 0, 999_999_999), (int) options.number("--scale", 100, 1, 2_000));
        return options.text("--print")
                .map(folder -> seed.print(Path.of(folder)))
                .orElseGet(() -> seed.bring(URI.create("http://127.0.0.1:" + managementPort(options))));
    }

    private static long managementPort(Options options) {
        var set = System.getenv().getOrDefault("GUILDHALL_MANAGEMENT_PORT", "");
        long usual = set.isBlank()
                ? 8558
                : new Options(Map.of("GUILDHALL_MANAGEMENT_PORT", set))
                        .number("GUILDHALL_MANAGEMENT_PORT", 8558, 1, 65_535);
        return options.number("--management-port", usual, 1, 65_535);
    }

    private static Program program(Options options) {
        var path = options.text("--program")
                .orElseGet(() -> System.getenv().getOrDefault("GUILDHALL_HOME", ".") + "/guildhall");
        return new Program(List.of(Path.of(path).toAbsolutePath().normalize().toString()));
    }
}
