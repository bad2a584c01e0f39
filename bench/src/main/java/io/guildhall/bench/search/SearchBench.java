package io.guildhall.bench.search;

import static java.util.Objects.requireNonNull;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.load.Benchmark;
import io.guildhall.bench.load.Measurement;
import io.guildhall.bench.load.ResultTable;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The command {@code bench search}: measures speed and recall of the search in many documents, and of the database
 * without the program. Does not fail if a goal is missed.
 */
public final class SearchBench {
    private static final int EMBEDDED_TEXTS = 2_000;
    private static final int QUERIES = 100;
    private static final long STARTED_AT = System.nanoTime();

    private static final Map<String, Filter> FILTERS = new LinkedHashMap<>();

    static {
        FILTERS.put("no filter", new Filter("true", ""));
        FILTERS.put(
                "filter keeps 10%",
                new Filter(
                        "d.currency = '" + Corpus.CURRENCY_OF_10_PERCENT + "'",
                        "&currency=" + Corpus.CURRENCY_OF_10_PERCENT));
        FILTERS.put(
                "filter keeps 1%",
                new Filter(
                        "d.category_key = '" + Corpus.CATEGORY_OF_1_PERCENT + "'",
                        "&category=" + Corpus.CATEGORY_OF_1_PERCENT));
    }

    private record Filter(String sql, String query) {}

    private final int size;
    private final ResultTable table = new ResultTable(List.of("measured", "figure", "recall@10", "goal"));

    private SearchBench(int size) {
        this.size = size;
    }

    /** @return the exit code: 0 if everything was measured */
    public static int run(int size, Launcher launcher) {
        return Benchmark.exitCode(() -> {
            try (var cluster = launcher.start(1).awaitReady()) {
                new SearchBench(size).run(cluster);
            }
        });
    }

    private void run(LocalCluster cluster) throws SQLException, IOException {
        var queries = SampleTexts.queries(QUERIES);
        measureFreshness(cluster);
        var vectors =
                new Corpus(cluster.jdbcUrl(), SearchBench::log).fill(SampleTexts.offers(EMBEDDED_TEXTS), queries, size);
        try (var database = new DirectDatabase(cluster.jdbcUrl());
                var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            var expected = new LinkedHashMap<String, List<List<String>>>();
            for (var it : FILTERS.entrySet()) {
                log("exact scan, " + it.getKey() + " …");
                expected.put(it.getKey(), exactScan(database, it.getKey(), it.getValue(), vectors));
            }
            for (var it : FILTERS.entrySet()) {
                log("HNSW index, " + it.getKey() + " …");
                byIndex(database, it.getKey(), it.getValue(), vectors, requireNonNull(expected.get(it.getKey())));
            }
            measureNewQueries(api, queries);
            for (var it : FILTERS.entrySet()) {
                log("HTTP, " + it.getKey() + " …");
                overHttp(api, it.getKey(), it.getValue(), queries, requireNonNull(expected.get(it.getKey())));
            }
        }
        table.print();
    }

    private void measureFreshness(LocalCluster cluster) {
        log("changing a gig repeatedly and searching for it …");
        try (var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.standard())) {
            var nanos = Freshness.measure(api, SampleTexts.offersOfEachKind());
            table.row(
                    "idle: change of a gig until found",
                    "p50 " + Measurement.millis(nanos, 50) + ", p99 " + Measurement.millis(nanos, 99),
                    "",
                    "p99 ≤ 1,000 ms");
        }
    }

    private List<List<String>> exactScan(
            DirectDatabase database, String filterName, Filter filter, List<float[]> vectors) {
        var measurement =
                QueryMeasurement.measureOnce(vectors.size(), i -> database.exact(vectors.get(i), filter.sql()));
        row("exact scan, " + filterName, measurement, "1.000", "");
        return vectors.stream().map(it -> database.exact(it, filter.sql())).toList();
    }

    private void byIndex(
            DirectDatabase database,
            String filterName,
            Filter filter,
            List<float[]> vectors,
            List<List<String>> expected)
            throws SQLException {
        database.set("hnsw.ef_search = 80");
        database.set("hnsw.iterative_scan = relaxed_order");
        var measurement =
                QueryMeasurement.measure(vectors.size(), i -> database.byIndex(vectors.get(i), filter.sql()), expected);
        row("HNSW index, ef_search 80, " + filterName, measurement, recall(measurement), "");
    }

    /** Measures queries that the node has not embedded before. */
    private void measureNewQueries(ApiClient api, List<String> queries) {
        var newQueries = IntStream.range(0, queries.size())
                .mapToObj(i -> queries.get(i) + ", number " + i)
                .toList();
        for (int i = 0; i < 20; i++) search(api, "warming up " + i, "");
        var measurement = QueryMeasurement.measureOnce(newQueries.size(), i -> search(api, newQueries.get(i), ""));
        row("HTTP, new query, no filter", measurement, "", "");
    }

    private void overHttp(
            ApiClient api, String filterName, Filter filter, List<String> queries, List<List<String>> expected) {
        var semantic = QueryMeasurement.measure(
                queries.size(), i -> search(api, queries.get(i), filter.query() + "&mode=SEMANTIC"), expected);
        row("HTTP, semantic, " + filterName, semantic, recall(semantic), "p99 ≤ 25 ms, recall ≥ 0.980");
        var both =
                QueryMeasurement.measure(queries.size(), i -> search(api, queries.get(i), filter.query()), List.of());
        row("HTTP, semantic and lexical, " + filterName, both, "", "p99 ≤ 25 ms");
    }

    private static List<String> search(ApiClient api, String query, String filter) {
        var path = "/api/gigs/search?limit=" + QueryMeasurement.LIMIT + "&q="
                + URLEncoder.encode(query, StandardCharsets.UTF_8) + filter;
        var items = api.send(ApiRequest.get(path)).body().path("items");
        var ids = new ArrayList<String>();
        items.forEach(it -> ids.add(it.path("gig").path("id").asText()));
        return ids;
    }

    private void row(String what, QueryMeasurement measurement, String recall, String goal) {
        table.row(
                what,
                "p50 " + Measurement.millis(measurement.nanos(), 50) + ", p99 "
                        + Measurement.millis(measurement.nanos(), 99),
                recall.isEmpty() ? "" : recall,
                goal);
    }

    private static String recall(QueryMeasurement measurement) {
        return String.format(Locale.ROOT, "%.3f", measurement.recall());
    }

    private static void log(String progress) {
        System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", (System.nanoTime() - STARTED_AT) / 1e9, progress);
    }
}
