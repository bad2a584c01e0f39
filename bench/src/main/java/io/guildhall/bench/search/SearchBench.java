package io.guildhall.bench.search;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Asked;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Refused;
import io.guildhall.bench.load.Figures;
import io.guildhall.bench.load.Table;
import io.guildhall.bench.node.House;
import io.guildhall.bench.node.Program;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How fast and how well the program finds among many documents, beside what the database alone does. In one run; judges nothing. */
public final class SearchBench {
    private static final int READ = 2_000;
    private static final int QUERIES = 100;
    private static final long BEGAN = System.nanoTime();

    private static final Map<String, Filter> FILTERS = new LinkedHashMap<>();

    static {
        FILTERS.put("all", new Filter("true", ""));
        FILTERS.put("10 % kept", new Filter("d.currency = '" + Corpus.TENTH + "'", "&currency=" + Corpus.TENTH));
        FILTERS.put("1 % kept", new Filter("d.category_key = '" + Corpus.RARE + "'", "&category=" + Corpus.RARE));
    }

    private record Filter(String sql, String query) {}

    private final int size;
    private final Table table = new Table();

    private SearchBench(int size) {
        this.size = size;
    }

    /** The exit code: 0 where there are figures, whatever they are. */
    public static int run(int size, Program program) {
        try (var house = program.start(1).awaitReady()) {
            new SearchBench(size).run(house);
            return 0;
        } catch (SQLException | IOException | NoAnswer | Refused | IllegalStateException e) {
            System.err.println("The bench could not be run: " + e.getMessage());
            return 1;
        }
    }

    private void run(House house) throws SQLException, IOException {
        var queries = Texts.queries(QUERIES);
        freshness(house);
        var vectors = new Corpus(house.jdbcUrl(), SearchBench::say).fill(Texts.offers(READ), queries, size);
        try (var database = new Direct(house.jdbcUrl());
                var api = new Api(house.urls(), Api.Patience.calm())) {
            var truth = new LinkedHashMap<String, List<List<String>>>();
            for (var it : FILTERS.entrySet()) {
                say("comparing one by one, " + it.getKey() + " …");
                truth.put(it.getKey(), exactly(database, it.getKey(), it.getValue(), vectors));
            }
            for (var it : FILTERS.entrySet()) {
                say("the index, " + it.getKey() + " …");
                byIndex(database, it.getKey(), it.getValue(), vectors, truth.get(it.getKey()));
            }
            firstAsked(api, queries);
            for (var it : FILTERS.entrySet()) {
                say("over HTTP, " + it.getKey() + " …");
                overHttp(api, it.getKey(), it.getValue(), queries, truth.get(it.getKey()));
            }
        }
        table.print();
    }

    private void freshness(House house) {
        say("changing a gig again and again, and looking for it …");
        try (var api = new Api(house.urls(), Api.Patience.calm())) {
            var nanos = Freshness.measure(api, Texts.kinds());
            table.row(
                    "idle: a gig's change to its being found",
                    "p50 " + Figures.millis(nanos, 50) + ", p99 " + Figures.millis(nanos, 99),
                    "",
                    "p99 ≤ 1,000 ms");
        }
    }

    private List<List<String>> exactly(Direct database, String name, Filter filter, List<float[]> vectors) {
        var asking = Asking.once(vectors.size(), i -> database.exact(vectors.get(i), filter.sql()));
        row("compared one by one, " + name, asking, "1.000", "");
        return vectors.stream().map(it -> database.exact(it, filter.sql())).toList();
    }

    private void byIndex(Direct database, String name, Filter filter, List<float[]> vectors, List<List<String>> truth)
            throws SQLException {
        database.set("hnsw.ef_search = 80");
        database.set("hnsw.iterative_scan = relaxed_order");
        var asking = Asking.measure(vectors.size(), i -> database.byIndex(vectors.get(i), filter.sql()), truth);
        row("HNSW, ef_search 80, " + name, asking, recall(asking), "");
    }

    /** Queries that the node has never read: its model has to. */
    private void firstAsked(Api api, List<String> queries) {
        var never = IntStream.range(0, queries.size())
                .mapToObj(i -> queries.get(i) + ", number " + i)
                .toList();
        for (int i = 0; i < 20; i++) found(api, "warming up " + i, "");
        var asking = Asking.once(never.size(), i -> found(api, never.get(i), ""));
        row("HTTP, query never read before, all", asking, "", "");
    }

    private void overHttp(Api api, String name, Filter filter, List<String> queries, List<List<String>> truth) {
        var meaning = Asking.measure(
                queries.size(), i -> found(api, queries.get(i), filter.query() + "&mode=SEMANTIC"), truth);
        row("HTTP, by meaning, " + name, meaning, recall(meaning), "p99 ≤ 25 ms, ≥ 0.980");
        var both = Asking.measure(queries.size(), i -> found(api, queries.get(i), filter.query()), List.of());
        row("HTTP, by meaning and words, " + name, both, "", "p99 ≤ 25 ms");
    }

    private static List<String> found(Api api, String query, String filter) {
        var path = "/api/gigs/search?limit=" + Asking.TOP + "&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + filter;
        var items = api.send(
                        new Asked("GET", path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .body()
                .path("items");
        var ids = new ArrayList<String>();
        items.forEach(it -> ids.add(it.path("gig").path("id").asText()));
        return ids;
    }

    private void row(String what, Asking asking, String recall, String goal) {
        table.row(
                what,
                "p50 " + Figures.millis(asking.nanos(), 50) + ", p99 " + Figures.millis(asking.nanos(), 99),
                recall.isEmpty() ? "" : "recall@10 " + recall,
                goal);
    }

    private static String recall(Asking asking) {
        return String.format(Locale.ROOT, "%.3f", asking.recall());
    }

    private static void say(String progress) {
        System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", (System.nanoTime() - BEGAN) / 1e9, progress);
    }
}
