package io.guildhall.bench.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.load.ResultTable;
import io.guildhall.bench.seed.Marketplace;
import io.guildhall.bench.seed.Seed;
import io.guildhall.bench.seed.SeedJob;
import io.guildhall.bench.seed.SeedQuery;
import io.guildhall.bench.seed.SeedUser;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The command {@code eval marketplace}: measures search quality over HTTP on a node with the demo marketplace, whose
 * generator knows which documents are relevant.
 */
public final class EvalMarketplace {
    private static final int MAX_HITS = 50;
    private static final int MAX_QUERY_LENGTH = 400;
    private static final ApiClient.RetryPolicy RETRY_POLICY =
            new ApiClient.RetryPolicy(Duration.ofSeconds(20), Duration.ofMinutes(3), false);
    // Values of the query parameter "mode"; HYBRID is the default.
    private static final List<String> MODES = List.of("SEMANTIC", "LEXICAL", "HYBRID");
    private static final Map<String, String> MODE_NAMES =
            Map.of("SEMANTIC", "semantic only", "LEXICAL", "lexical only", "HYBRID", "as deployed");

    private static final Duration PREMIUM_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PREMIUM_POLL_INTERVAL = Duration.ofMillis(100);

    /** Why the marketplace cannot be evaluated, and what to do. */
    private static final class EvaluationFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EvaluationFailedException(String message, Exception cause) {
            super(message, cause);
        }
    }

    private final Marketplace market;
    private final ApiClient api;
    private final URI node;
    private final ManagementClient management;
    private final Duration premiumTimeout;
    private final int sample;
    private final ResultTable table = new ResultTable(List.of("searched", "nDCG@10", "MRR", "recall@50"));
    private final Map<String, String> accessTokens = new HashMap<>();

    private EvalMarketplace(
            Marketplace market,
            ApiClient api,
            URI node,
            ManagementClient management,
            int sample,
            Duration premiumTimeout) {
        this.market = market;
        this.api = api;
        this.node = node;
        this.management = management;
        this.premiumTimeout = premiumTimeout;
        this.sample = sample;
    }

    /**
     * @param sample the number of freelancers whose feeds are read, and of jobs whose best freelancers are requested
     * @return the exit code: 0 if everything was measured
     */
    public static int run(Marketplace market, URI node, ManagementClient management, int sample) {
        return run(market, node, management, sample, PREMIUM_TIMEOUT);
    }

    static int run(Marketplace market, URI node, ManagementClient management, int sample, Duration premiumTimeout) {
        try (var api = new ApiClient(List.of(node), RETRY_POLICY)) {
            new EvalMarketplace(market, api, node, management, sample, premiumTimeout).run();
            return 0;
        } catch (EvaluationFailedException | ProblemException failure) {
            System.err.println("The marketplace could not be evaluated: " + failure.getMessage());
            return 1;
        } catch (NoResponseException failure) {
            System.err.println("The marketplace could not be evaluated: no node responds at " + node + ". "
                    + failure.getMessage()
                    + " Start a node with ./guildhall up, or choose its port with GUILDHALL_PORT.");
            return 1;
        }
    }

    private void run() {
        requireDemoMarketplace();
        awaitPremium(sampled(market.jobs()).getFirst());
        evaluateGigSearch();
        evaluateFeeds();
        evaluateBestFreelancers();
        table.print();
    }

    private void requireDemoMarketplace() {
        try {
            accessToken(market.users().getFirst());
        } catch (ProblemException e) {
            if (!e.code().equals("wrong-credentials")) throw e;
            throw new EvaluationFailedException(
                    "the node at " + node + " has no demo marketplace of this seed and scale. Create it with"
                            + " ./guildhall seed.",
                    e);
        }
    }

    /** The read model shows a granted premium shortly after the grant. */
    private void awaitPremium(SeedJob job) {
        long deadline = System.nanoTime() + premiumTimeout.toNanos();
        while (true) {
            try {
                bestFreelancers(job, "HYBRID");
                return;
            } catch (ProblemException e) {
                if (!e.code().equals("premium-needed")) throw e;
                if (System.nanoTime() > deadline)
                    throw new EvaluationFailedException(
                            "premium was granted through the management port at " + management.address()
                                    + ", but the node at "
                                    + node + " does not show it. Choose the management port of the same node with"
                                    + " --management-port or GUILDHALL_MANAGEMENT_PORT.",
                            e);
                Await.sleep(PREMIUM_POLL_INTERVAL);
            }
        }
    }

    private void evaluateGigSearch() {
        var queries = Marketplace.queries();
        var all = market.judgements().documents("gig_").toList();
        for (var mode : MODES) {
            log("searching gigs for " + queries.size() + " queries, " + MODE_NAMES.get(mode) + " …");
            var each = new HashMap<SeedQuery, RankingQuality>();
            for (var query : queries)
                each.put(
                        query,
                        RankingQuality.of(
                                ids(
                                        "/api/gigs/search?mode=" + mode + "&q=" + escaped(query.text()),
                                        "gig",
                                        Optional.empty()),
                                all,
                                id -> market.judgements().grade(query.field(), id)));
            row("gigs, " + MODE_NAMES.get(mode), List.copyOf(each.values()));
            if (mode.equals("HYBRID"))
                each.entrySet().stream()
                        .collect(Collectors.groupingBy(
                                it -> it.getKey().kind(),
                                java.util.TreeMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                        .forEach((kind, rankings) -> row("  of these: " + kind + " queries", rankings));
        }
    }

    private void evaluateFeeds() {
        var all = market.judgements().documents("job_").toList();
        var freelancers = sampled(
                market.users().stream().filter(it -> it.profile().isPresent()).toList());
        for (var mode : MODES) {
            log("reading the feeds of " + freelancers.size() + " freelancers, " + MODE_NAMES.get(mode) + " …");
            row(
                    "job feed, " + MODE_NAMES.get(mode),
                    each(
                            freelancers,
                            it -> RankingQuality.of(
                                    ids("/api/jobs/feed?mode=" + mode, "job", Optional.of(accessToken(it))),
                                    all,
                                    id -> market.judgements().grade(it.id(), id))));
        }
    }

    private void evaluateBestFreelancers() {
        var all =
                market.judgements().documents("acc_").filter(this::isFreelancer).toList();
        var jobs = sampled(market.jobs());
        for (var mode : MODES) {
            log("requesting the best freelancers for " + jobs.size() + " jobs, " + MODE_NAMES.get(mode) + " …");
            row(
                    "best freelancers, " + MODE_NAMES.get(mode),
                    each(
                            jobs,
                            job -> RankingQuality.of(
                                    bestFreelancers(job, mode),
                                    all,
                                    id -> market.judgements().grade(job.id(), id))));
        }
    }

    private boolean isFreelancer(String id) {
        return market.users().stream()
                .anyMatch(it -> it.id().equals(id) && it.profile().isPresent());
    }

    /** The job's matches as deployed; otherwise the result of a search with the job's text. */
    private List<String> bestFreelancers(SeedJob job, String mode) {
        if (!mode.equals("HYBRID")) {
            var text = job.title() + ". " + job.description();
            var query = text.substring(0, Math.min(text.length(), MAX_QUERY_LENGTH));
            return ids("/api/freelancers/search?mode=" + mode + "&q=" + escaped(query), "freelancer", Optional.empty());
        }
        var client = market.users().stream()
                .filter(it -> it.id().equals(job.clientId()))
                .findFirst()
                .orElseThrow();
        return ids("/api/jobs/" + job.id() + "/matches?", "freelancer", Optional.of(accessToken(client)));
    }

    private List<String> ids(String path, String item, Optional<String> token) {
        var reply = api.send(ApiRequest.get(path + (path.endsWith("?") ? "" : "&") + "limit=" + MAX_HITS)
                .withAccessToken(token));
        var ids = new ArrayList<String>();
        for (JsonNode it : reply.body().path("items"))
            ids.add(it.path(item).path("id").asText());
        return ids;
    }

    /** Logs in. A client gets premium first, through the operator API, since the best-freelancer match requires it. */
    private String accessToken(SeedUser user) {
        return accessTokens.computeIfAbsent(user.id(), _ -> {
            if (user.profile().isEmpty()) grantPremium(user);
            var login = Map.of("email", user.email(), "password", Seed.PASSWORD, "device", "evaluation");
            return api.send(ApiRequest.post("/api/auth/login", login))
                    .body()
                    .path("accessToken")
                    .asText();
        });
    }

    private void grantPremium(SeedUser user) {
        try (var operator = management.api(RETRY_POLICY)) {
            operator.send(ApiRequest.post("/guildhall/accounts/" + escaped(user.email()) + "/grant-premium"));
        } catch (ProblemException | NoResponseException e) {
            throw new EvaluationFailedException(
                    "premium could not be granted to " + user.email() + " through the management port at "
                            + management.address()
                            + ". " + e.getMessage() + " Choose the management port of the node with --management-port"
                            + " or GUILDHALL_MANAGEMENT_PORT.",
                    e);
        }
    }

    /** Items at equal distances, the same in each run. */
    private <T> List<T> sampled(List<T> all) {
        int count = Math.min(sample, all.size());
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private static <T> List<RankingQuality> each(List<T> all, Function<T, RankingQuality> ranking) {
        return all.stream().map(ranking).toList();
    }

    private void row(String what, List<RankingQuality> each) {
        var mean = RankingQuality.mean(each);
        table.row(what, formatted(mean.ndcg10()), formatted(mean.reciprocalRank()), formatted(mean.recall50()));
    }

    private static String formatted(double it) {
        return String.format(Locale.ROOT, "%.3f", it);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void log(String progress) {
        System.out.println("  " + progress);
    }
}
