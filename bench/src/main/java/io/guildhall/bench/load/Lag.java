package io.guildhall.bench.load;

import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.User;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Measures the lag of the read side: the time from the acknowledgement of a message until the list contains it. */
final class Lag {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern QUANTILE = Pattern.compile(
            "guildhall_follower_lag_seconds\\{follower=\"([^\"]+)\",quantile=\"0.99\"\\} ([0-9.Ee+-]+)");

    private Lag() {}

    static Histogram measure(MarketplaceClient market, User author, String room, int messages, int pauseMillis) {
        var lags = Measurement.histogram();
        var random = new Random(1);
        for (int i = 0; i < messages; i++) {
            Await.sleep(Duration.ofMillis(1 + random.nextInt(pauseMillis)));
            var id = market.sendMessage(author, room, "probe " + i);
            long acknowledged = System.nanoTime();
            while (!isLatest(author, room, id)) {
                if (System.nanoTime() - acknowledged > TIMEOUT.toNanos())
                    throw new IllegalStateException("a message was not listed within " + TIMEOUT.toSeconds() + " s");
                Await.sleep(POLL_INTERVAL);
            }
            lags.recordValue(System.nanoTime() - acknowledged);
        }
        return lags;
    }

    private static boolean isLatest(User author, String room, String id) {
        return MarketplaceClient.items(author.get("/api/rooms/" + room + "/messages?limit=1")).stream()
                .anyMatch(it -> it.path("id").asText().equals(id));
    }

    /** The highest p99 of all followers' lags, as reported by the node's metrics, with the follower's name. */
    static String worstFollower(ManagementClient node) {
        return worst(node.text("/metrics").orElse(""));
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
