package io.guildhall.bench.load;

import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.Person;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** How long the read side is behind: from a message's being acknowledged to its being in the list. */
final class Lag {
    private static final Duration GLANCE = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern QUANTILE = Pattern.compile(
            "guildhall_follower_lag_seconds\\{follower=\"([^\"]+)\",quantile=\"0.99\"\\} ([0-9.Ee+-]+)");

    private Lag() {}

    static Histogram measure(Market market, Person who, String room, int messages, int pauseMillis) {
        var lags = Figures.histogram();
        var chance = new Random(1);
        for (int i = 0; i < messages; i++) {
            io.guildhall.bench.client.Eventually.pause(Duration.ofMillis(1 + chance.nextInt(pauseMillis)));
            var id = market.says(who, room, "probe " + i);
            long said = System.nanoTime();
            while (!isLatest(who, room, id)) {
                if (System.nanoTime() - said > LONGEST.toNanos())
                    throw new IllegalStateException("a message did not show within " + LONGEST.toSeconds() + " s");
                io.guildhall.bench.client.Eventually.pause(GLANCE);
            }
            lags.recordValue(System.nanoTime() - said);
        }
        return lags;
    }

    private static boolean isLatest(Person who, String room, String id) {
        return Market.items(who.get("/api/rooms/" + room + "/messages?limit=1")).stream()
                .anyMatch(it -> it.path("id").asText().equals(id));
    }

    /** The worst of all followers' p99 from journal to followed, as the node itself has counted it lately. */
    static String ofFollowers(URI management) throws IOException {
        try (var stream = management.resolve("/metrics").toURL().openStream()) {
            return worst(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    static String worst(String metrics) {
        return QUANTILE.matcher(metrics)
                .results()
                .max((a, b) -> Double.compare(Double.parseDouble(a.group(2)), Double.parseDouble(b.group(2))))
                .map(it ->
                        String.format(Locale.ROOT, "%.0f ms (%s)", Double.parseDouble(it.group(2)) * 1000, it.group(1)))
                .orElse("–");
    }
}
