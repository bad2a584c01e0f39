package io.guildhall.bench.search;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Asked;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** How long it takes from the answer to a gig's change until the gig is found by what it says now, by its meaning. */
final class Freshness {
    /** A text and itself; what it said before, of other work, is far below. */
    private static final double SAME = 0.85;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofMillis(300);

    private Freshness() {}

    /** @param texts of different kinds of work */
    static Histogram measure(Api api, List<String> texts) {
        var freelancer = Person.joins(api, "Fresh Changer", List.of("FREELANCER"));
        var gig = freelancer
                .post("/api/gigs", gig(texts.getLast(), true))
                .path("id")
                .asText();
        awaitFound(api, gig, texts.getLast());
        var nanos = new Histogram(3_600_000_000_000L, 3);
        for (int i = 0; i < texts.size() - 1; i++) {
            Eventually.pause(REST);
            freelancer.put("/api/gigs/" + gig, gig(texts.get(i), false), i + 1);
            long changed = System.nanoTime();
            awaitFound(api, gig, texts.get(i));
            nanos.recordValue(System.nanoTime() - changed);
        }
        return nanos;
    }

    private static void awaitFound(Api api, String gig, String text) {
        var path = "/api/gigs/search?mode=SEMANTIC&limit=5&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        Eventually.holds(gig + " is found by what it says", PATIENCE, () -> {
            for (var it : api.send(Asked.get(path, Optional.empty())).body().path("items"))
                if (it.path("gig").path("id").asText().equals(gig)
                        && it.path("relevance").path("similarity").asDouble() >= SAME) return true;
            return false;
        });
    }

    private static Map<String, Object> gig(String text, boolean isNew) {
        var price = Map.of("amount", 10_000, "currency", "USD");
        var basic = Map.of("tier", "BASIC", "price", price, "deliveryDays", 7, "revisions", 1, "includes", List.of());
        var gig = new java.util.HashMap<String, Object>(Map.of(
                "title", text, "description", text, "category", "work", "tags", List.of(), "packages", List.of(basic)));
        if (isNew) gig.put("publish", true);
        return gig;
    }
}
