package io.guildhall.bench.load;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.client.User;
import io.guildhall.bench.node.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * The command {@code bench enumeration}: measures whether response times tell which e-mail addresses have an account.
 * Sends the same request for an address with an account and for one without, one after the other in random order. Does
 * not fail if the goal is missed.
 */
public final class Enumeration {
    static final String GOAL = "≤ 2 ms apart";
    private static final int WARM_UP = 20;

    private final int pairs;
    private final ApiClient api;
    private final ResultTable table = new ResultTable(List.of("median response time", "account", "none", "goal"));
    private final Random random = new Random(1);

    private Enumeration(int pairs, ApiClient api) {
        this.pairs = pairs;
        this.api = api;
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(int pairs, Launcher launcher) {
        System.out.printf(
                Locale.ROOT, "  Comparing %,d addresses that have an account with as many that have none …%n", pairs);
        return Benchmark.exitCode(() -> {
            try (var cluster = launcher.start(1).awaitReady();
                    var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
                new Enumeration(pairs, api).run();
            }
        });
    }

    private void run() {
        var with = new ArrayList<String>();
        var without = new ArrayList<String>();
        for (int i = 0; i < pairs + WARM_UP; i++) {
            var user = User.register(api, "Ann", List.of("CLIENT"));
            user.verifyEmail();
            with.add(user.email());
            without.add("ann." + UUID.randomUUID().toString().substring(0, 13) + "@example.com");
        }
        compare("login, first attempt", with, without, Enumeration::logIn);
        compare("login, second attempt", with, without, Enumeration::logIn);
        compare("registration, first attempt", with, without, Enumeration::register);
        compare("registration, second attempt", with, without, Enumeration::register);
        table.print();
    }

    private static ApiRequest logIn(String email) {
        return ApiRequest.post("/api/auth/login", Map.of("email", email, "password", "a wrong horse battery"));
    }

    private static ApiRequest register(String email) {
        return ApiRequest.post(
                "/api/auth/register",
                Map.of(
                        "email",
                        email,
                        "password",
                        "another horse battery",
                        "name",
                        "Ann",
                        "country",
                        "CH",
                        "roles",
                        List.of("CLIENT")));
    }

    private void compare(String what, List<String> with, List<String> without, Function<String, ApiRequest> request) {
        var known = Measurement.histogram();
        var unknown = Measurement.histogram();
        for (int i = 0; i < with.size(); i++) {
            // The first requests of a node also load classes.
            boolean isMeasured = i >= WARM_UP;
            var first = random.nextBoolean();
            for (boolean hasAccount : new boolean[] {first, !first})
                measure(
                        request.apply((hasAccount ? with : without).get(i)),
                        isMeasured ? hasAccount ? known : unknown : Measurement.histogram());
        }
        table.row(what, Measurement.millis(known, 50), Measurement.millis(unknown, 50), GOAL);
    }

    private void measure(ApiRequest request, Histogram nanos) {
        long start = System.nanoTime();
        try {
            var _ = api.send(request);
        } catch (ProblemException e) {
            if (!e.code().equals("wrong-credentials")) throw e;
        }
        nanos.recordValue(System.nanoTime() - start);
    }
}
