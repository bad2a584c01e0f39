package io.guildhall.bench.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Asked;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Refused;
import io.guildhall.bench.load.Table;
import io.guildhall.bench.seed.Marketplace;
import io.guildhall.bench.seed.Seed;
import io.guildhall.bench.seed.SeedJob;
import io.guildhall.bench.seed.SeedPerson;
import io.guildhall.bench.seed.SeedQuery;
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

/** How well the running house finds what suits, in the seeded marketplace, whose generator knows it. Over HTTP, like anybody. */
public final class EvalMarketplace {
    private static final int DEEP = 50;
    private static final int LONGEST_QUERY = 400;
    private static final Api.Patience PATIENCE = new Api.Patience(Duration.ofSeconds(20), Duration.ofMinutes(3), false);
    private static final List<String> MODES = List.of("SEMANTIC", "LEXICAL", "HYBRID");
    private static final Map<String, String> NAMES =
            Map.of("SEMANTIC", "dense alone", "LEXICAL", "lexical alone", "HYBRID", "as it is");

    private final Marketplace market;
    private final Api api;
    private final URI management;
    private final int sample;
    private final Table table = new Table(List.of("found", "nDCG@10", "MRR", "recall@50"));
    private final Map<String, String> tokens = new HashMap<>();

    private EvalMarketplace(Marketplace market, Api api, URI management, int sample) {
        this.market = market;
        this.api = api;
        this.management = management;
        this.sample = sample;
    }

    /**
     * @param sample so many freelancers' feeds and so many jobs' best freelancers are looked at
     * @return the exit code: 0 where there are figures, whatever they are
     */
    public static int run(Marketplace market, URI node, URI management, int sample) {
        try (var api = new Api(List.of(node), PATIENCE)) {
            new EvalMarketplace(market, api, management, sample).run();
            return 0;
        } catch (Refused | NoAnswer failure) {
            System.err.println("The marketplace could not be evaluated: " + failure.getMessage());
            System.err.println("It needs a running node that ./guildhall seed has filled.");
            return 1;
        }
    }

    private void run() {
        gigs();
        feeds();
        freelancers();
        table.print();
    }

    private void gigs() {
        var queries = Marketplace.queries();
        var all = market.truth().documents("gig_").toList();
        for (var mode : MODES) {
            say("searching gigs for " + queries.size() + " queries, " + NAMES.get(mode) + " …");
            var each = new HashMap<SeedQuery, Ranking>();
            for (var query : queries)
                each.put(
                        query,
                        Ranking.of(
                                ids(
                                        "/api/gigs/search?mode=" + mode + "&q=" + escaped(query.text()),
                                        "gig",
                                        Optional.empty()),
                                all,
                                id -> market.truth().grade(query.field(), id)));
            row("gig search, " + NAMES.get(mode), List.copyOf(each.values()));
            if (mode.equals("HYBRID"))
                each.entrySet().stream()
                        .collect(Collectors.groupingBy(
                                it -> it.getKey().kind(),
                                java.util.TreeMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                        .forEach((kind, rankings) -> row("  " + kind + " queries", rankings));
        }
    }

    private void feeds() {
        var all = market.truth().documents("job_").toList();
        var freelancers = some(
                market.people().stream().filter(it -> it.profile().isPresent()).toList());
        for (var mode : MODES) {
            say("reading the feeds of " + freelancers.size() + " freelancers, " + NAMES.get(mode) + " …");
            row(
                    "job feed, " + NAMES.get(mode),
                    each(
                            freelancers,
                            it -> Ranking.of(
                                    ids("/api/jobs/feed?mode=" + mode, "job", Optional.of(token(it))),
                                    all,
                                    id -> market.truth().grade(it.id(), id))));
        }
    }

    private void freelancers() {
        var all = market.truth().documents("acc_").filter(this::isFreelancer).toList();
        var jobs = some(market.jobs());
        for (var mode : MODES) {
            say("looking for the best freelancers for " + jobs.size() + " jobs, " + NAMES.get(mode) + " …");
            row(
                    "best freelancers, " + NAMES.get(mode),
                    each(
                            jobs,
                            job -> Ranking.of(
                                    best(job, mode), all, id -> market.truth().grade(job.id(), id))));
        }
    }

    private boolean isFreelancer(String id) {
        return market.people().stream()
                .anyMatch(it -> it.id().equals(id) && it.profile().isPresent());
    }

    /** As it is, the job's own matches; else a search with what the job says. */
    private List<String> best(SeedJob job, String mode) {
        if (!mode.equals("HYBRID")) {
            var text = job.title() + ". " + job.description();
            var query = text.substring(0, Math.min(text.length(), LONGEST_QUERY));
            return ids("/api/freelancers/search?mode=" + mode + "&q=" + escaped(query), "freelancer", Optional.empty());
        }
        var client = market.people().stream()
                .filter(it -> it.id().equals(job.clientId()))
                .findFirst()
                .orElseThrow();
        return ids("/api/jobs/" + job.id() + "/matches?", "freelancer", Optional.of(token(client)));
    }

    private List<String> ids(String path, String item, Optional<String> token) {
        var reply = api.send(Asked.get(path + (path.endsWith("?") ? "" : "&") + "limit=" + DEEP, token));
        var ids = new ArrayList<String>();
        for (JsonNode it : reply.body().path("items"))
            ids.add(it.path(item).path("id").asText());
        return ids;
    }

    /** Clients have premium, as an operator gives it. */
    private String token(SeedPerson person) {
        return tokens.computeIfAbsent(person.id(), _ -> {
            if (person.profile().isEmpty())
                try (var operator = new Api(List.of(management), PATIENCE)) {
                    operator.send(new Asked(
                            "POST",
                            "/guildhall/premium/" + escaped(person.email()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
                }
            var login = Map.of("email", person.email(), "password", Seed.PASSWORD, "device", "evaluation");
            return api.send(new Asked(
                            "POST",
                            "/api/auth/login",
                            Optional.of(login),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                    .body()
                    .path("accessToken")
                    .asText();
        });
    }

    /** Evenly spread over all, the same each time. */
    private <T> List<T> some(List<T> all) {
        int count = Math.min(sample, all.size());
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private static <T> List<Ranking> each(List<T> all, Function<T, Ranking> ranking) {
        return all.stream().map(ranking).toList();
    }

    private void row(String what, List<Ranking> each) {
        var mean = Ranking.mean(each);
        table.row(what, figure(mean.ndcg10()), figure(mean.reciprocalRank()), figure(mean.recall50()));
    }

    private static String figure(double it) {
        return String.format(Locale.ROOT, "%.3f", it);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void say(String progress) {
        System.out.println("  " + progress);
    }
}
