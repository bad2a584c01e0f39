package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Person;
import io.guildhall.bench.client.Refused;
import io.guildhall.bench.node.House;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Real nodes, each reading for the index with its own model, and two of them killed with {@code kill -9} while texts wait to be read: what is
 * found afterwards is exactly what is on offer, by its present text.
 */
class IndexDriftTest {
    private static final int GIGS = 40;
    private static final int STEPS = 120;
    private static final Duration BOUND = Duration.ofSeconds(120);

    private final long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
    private final Random chance = new Random(seed);
    private final List<String> ids = new ArrayList<>();

    @Test
    void afterEditsPausesArchivalsAndKillsTheIndexIsWhatIsOnOffer() throws Exception {
        try (var house = Built.program().start(3).awaitReady();
                var api = new Api(house.urls(), Api.Patience.stormy())) {
            var ann = Person.joins(api, "Drift Tester", List.of("FREELANCER"));
            int killedWhileReading = 0;
            for (int i = 0; i < GIGS; i++)
                ids.add(ann.post("/api/gigs", gig("first", i, true)).path("id").asText());
            for (int step = 0; step < STEPS; step++) {
                if (step % 60 == 20 && killWhileReading(house, ann, step)) killedWhileReading++;
                change(ann, step);
            }
            assertThat(killedWhileReading).as("seed " + seed).isEqualTo(2);
            var offered = offered(ann);
            assertThat(offered).as("seed " + seed).isNotEmpty().hasSizeLessThan(GIGS);
            Eventually.holds("nothing waits to be read", BOUND, () -> count(house, "embedding.backlog") == 0);
            Eventually.holds(
                    "the index is what is on offer, seed " + seed,
                    BOUND,
                    () -> indexed(house).equals(offered));
        }
    }

    /** So much is changed at once that nobody has read it all when the node dies; it comes back by itself. */
    private boolean killWhileReading(House house, Person ann, int step) {
        for (int i = 0; i < GIGS / 2; i++) edit(ann, ids.get(i), "in one go " + step, i);
        int node = chance.nextInt(house.size());
        Eventually.holds("something waits to be read", BOUND, () -> {
            edit(ann, ids.get(chance.nextInt(GIGS)), "once more " + chance.nextInt(), step);
            return count(house, "embedding.backlog") > 0;
        });
        return house.kill(node);
    }

    private void change(Person ann, int step) {
        var id = ids.get(chance.nextInt(GIGS));
        switch (chance.nextInt(6)) {
            case 0 -> did(ann, id, "pause");
            case 1, 2 -> did(ann, id, "publish");
            case 3 -> {
                if (chance.nextInt(4) == 0) did(ann, id, "archive");
            }
            default -> edit(ann, id, "edit", step);
        }
    }

    private static void did(Person ann, String id, String noun) {
        try {
            ann.post("/api/gigs/" + id + "/" + noun);
        } catch (Refused refused) {
            assertThat(refused.code()).isIn("gig-not-published", "gig-archived");
        }
    }

    /** Sent again for want of an answer it may find that it was done already. */
    private static void edit(Person ann, String id, String what, int number) {
        try {
            ann.put(
                    "/api/gigs/" + id,
                    gig(what, number, false),
                    read(ann, id).path("revision").asLong());
        } catch (Refused refused) {
            assertThat(refused.status()).as(refused.getMessage()).isIn(409, 412);
        }
    }

    private static JsonNode read(Person ann, String id) {
        return ann.get("/api/gigs/" + id);
    }

    /** As the gigs themselves say. */
    private Map<String, String> offered(Person ann) {
        var offered = new TreeMap<String, String>();
        for (var id : ids) {
            var gig = read(ann, id);
            if (gig.path("status").asText().equals("ACTIVE"))
                offered.put(id, gig.path("title").asText());
        }
        return offered;
    }

    /** Titles of what has a vector of its present text, and of its present text alone. */
    private static Map<String, String> indexed(House house) {
        var indexed = new TreeMap<String, String>();
        ask(house, """
                SELECT v.id, CASE WHEN v.content_hash = encode(sha256(convert_to(d.content, 'UTF8')), 'hex') THEN d.title ELSE 'of another text' END
                  FROM embedding.vector v LEFT JOIN search_document d USING (id) WHERE v.kind = 'GIG'
                """, indexed);
        return indexed;
    }

    private static int count(House house, String table) {
        var counted = new HashMap<String, String>();
        ask(house, "SELECT 'all', count(*)::text FROM " + table, counted);
        return Integer.parseInt(counted.get("all"));
    }

    private static void ask(House house, String sql, Map<String, String> into) {
        try (var connection = DriverManager.getConnection(house.jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) into.put(rows.getString(1), rows.getString(2));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> gig(String what, int number, boolean isNew) {
        var price = Map.of("amount", 10_000, "currency", "USD");
        var basic = Map.of("tier", "BASIC", "price", price, "deliveryDays", 7, "revisions", 1, "includes", List.of());
        var gig = new HashMap<String, Object>(Map.of(
                "title",
                "I will draw logo " + number + ", " + what,
                "description",
                "A logo in three drafts. ".repeat(40),
                "category",
                "design",
                "tags",
                List.of(),
                "packages",
                List.of(basic)));
        if (isNew) gig.put("publish", true);
        return gig;
    }
}
