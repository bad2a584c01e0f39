package io.guildhall.bench.search;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measures the time from the response to an edit of a gig until a semantic search for its new text finds it. */
final class Freshness {
    // The similarity of a text with itself is higher, with any of the other texts much lower.
    private static final double MIN_SIMILARITY = 0.85;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE_BETWEEN_EDITS = Duration.ofMillis(300);

    private Freshness() {}

    /** @param texts about different kinds of work */
    static Histogram measure(ApiClient api, List<String> texts) {
        var freelancer = User.registerAndLogIn(api, "Freshness Tester", List.of("FREELANCER"));
        var gig = freelancer
                .post("/api/gigs?publish=true", gig(texts.getLast()))
                .path("id")
                .asText();
        awaitFound(api, gig, texts.getLast());
        var nanos = new Histogram(3_600_000_000_000L, 3);
        for (int i = 0; i < texts.size() - 1; i++) {
            Await.sleep(PAUSE_BETWEEN_EDITS);
            freelancer.put("/api/gigs/" + gig, gig(texts.get(i)), i + 1);
            long edited = System.nanoTime();
            awaitFound(api, gig, texts.get(i));
            nanos.recordValue(System.nanoTime() - edited);
        }
        return nanos;
    }

    private static void awaitFound(ApiClient api, String gig, String text) {
        var path = "/api/gigs/search?mode=SEMANTIC&limit=5&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        Await.until(gig + " is found by its text", TIMEOUT, () -> {
            for (var it : api.send(ApiRequest.get(path)).body().path("items"))
                if (it.path("gig").path("id").asText().equals(gig)
                        && it.path("relevance").path("similarity").asDouble() >= MIN_SIMILARITY) return true;
            return false;
        });
    }

    private static Map<String, Object> gig(String text) {
        var price = Map.of("amount", 10_000, "currency", "USD");
        var basic = Map.of("tier", "BASIC", "price", price, "deliveryDays", 7, "revisions", 1, "includes", List.of());
        return Map.of(
                "title", text, "description", text, "category", "work", "tags", List.of(), "packages", List.of(basic));
    }
}
