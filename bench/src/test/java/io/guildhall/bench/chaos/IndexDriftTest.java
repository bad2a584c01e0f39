package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.client.User;
import io.guildhall.bench.node.LocalCluster;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Starts real nodes that compute embeddings with their own model and kills two of them while texts wait to be embedded.
 * Afterwards the index contains exactly the active gigs with vectors of their current texts.
 */
class IndexDriftTest {
    private static final int GIGS = 40;
    private static final int STEPS = 120;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
    private final Random random = new Random(seed);
    private final List<String> ids = new ArrayList<>();

    @Test
    void indexEqualsActiveGigsAfterEditsPausesArchivingAndKills() throws Exception {
        try (var cluster = BuiltProgram.launcher().start(3).awaitReady();
                var api = new ApiClient(cluster.urls(), ApiClient.RetryPolicy.duringFailures())) {
            var freelancer = User.registerAndLogIn(api, "Drift Tester", List.of("FREELANCER"));
            int killsDuringBacklog = 0;
            for (int i = 0; i < GIGS; i++)
                ids.add(freelancer
                        .post("/api/gigs?publish=true", gig("first", i))
                        .path("id")
                        .asText());
            for (int step = 0; step < STEPS; step++) {
                if (step % 60 == 20 && killDuringBacklog(cluster, freelancer, step)) killsDuringBacklog++;
                changeRandomGig(freelancer, step);
            }
            assertThat(killsDuringBacklog).as("seed " + seed).isEqualTo(2);
            var active = activeTitles(freelancer);
            assertThat(active).as("seed " + seed).isNotEmpty().hasSizeLessThan(GIGS);
            Await.until("all documents are embedded", TIMEOUT, () -> count(cluster, "embedding.queue") == 0);
            Await.until(
                    "the index equals the active gigs, seed " + seed,
                    TIMEOUT,
                    () -> indexedTitles(cluster).equals(active));
        }
    }

    /**
     * Changes so many gigs that documents wait to be embedded when the node is killed. The program restarts the
     * node.
     */
    private boolean killDuringBacklog(LocalCluster cluster, User freelancer, int step) {
        for (int i = 0; i < GIGS / 2; i++) edit(freelancer, ids.get(i), "in one go " + step, i);
        int node = random.nextInt(cluster.size());
        Await.until("documents wait to be embedded", TIMEOUT, () -> {
            edit(freelancer, ids.get(random.nextInt(GIGS)), "once more " + random.nextInt(), step);
            return count(cluster, "embedding.queue") > 0;
        });
        return cluster.kill(node);
    }

    private void changeRandomGig(User freelancer, int step) {
        var id = ids.get(random.nextInt(GIGS));
        switch (random.nextInt(6)) {
            case 0 -> execute(freelancer, id, "pause");
            case 1, 2 -> execute(freelancer, id, "publish");
            case 3 -> {
                if (random.nextInt(4) == 0) execute(freelancer, id, "archive");
            }
            default -> edit(freelancer, id, "edit", step);
        }
    }

    private static void execute(User freelancer, String id, String action) {
        try {
            freelancer.post("/api/gigs/" + id + "/" + action);
        } catch (ProblemException problem) {
            assertThat(problem.code()).isIn("gig-not-published", "gig-archived");
        }
    }

    /** A retry after a lost response can find that the edit was already done. */
    private static void edit(User freelancer, String id, String what, int number) {
        try {
            freelancer.put(
                    "/api/gigs/" + id,
                    gig(what, number),
                    read(freelancer, id).path("revision").asLong());
        } catch (ProblemException problem) {
            assertThat(problem.status()).as(problem.getMessage()).isIn(409, 412);
        }
    }

    private static JsonNode read(User freelancer, String id) {
        return freelancer.get("/api/gigs/" + id);
    }

    /** The titles of the active gigs by id, from the gigs themselves. */
    private Map<String, String> activeTitles(User freelancer) {
        var titles = new TreeMap<String, String>();
        for (var id : ids) {
            var gig = read(freelancer, id);
            if (gig.path("status").asText().equals("ACTIVE"))
                titles.put(id, gig.path("title").asText());
        }
        return titles;
    }

    /** The titles of the indexed gigs by id; {@code of another text} if the vector is not that of the current text. */
    private static Map<String, String> indexedTitles(LocalCluster cluster) {
        return query(cluster, """
                SELECT v.id, CASE WHEN v.content_hash = encode(sha256(convert_to(d.content, 'UTF8')), 'hex') THEN d.title ELSE 'of another text' END
                  FROM embedding.vector v LEFT JOIN search_document d USING (id) WHERE v.kind = 'GIG'
                """);
    }

    private static int count(LocalCluster cluster, String table) {
        return Integer.parseInt(
                query(cluster, "SELECT 'all', count(*)::text FROM " + table).get("all"));
    }

    /** @param sql selects a key and a value */
    private static Map<String, String> query(LocalCluster cluster, String sql) {
        var result = new TreeMap<String, String>();
        try (var connection = DriverManager.getConnection(cluster.jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) result.put(rows.getString(1), rows.getString(2));
            return result;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> gig(String what, int number) {
        var price = Map.of("amount", 10_000, "currency", "USD");
        var basic = Map.of("tier", "BASIC", "price", price, "deliveryDays", 7, "revisions", 1, "includes", List.of());
        return Map.of(
                "title",
                "I will draw logo " + number + ", " + what,
                "description",
                "A logo in three drafts. ".repeat(40),
                "category",
                "design",
                "tags",
                List.of(),
                "packages",
                List.of(basic));
    }
}
