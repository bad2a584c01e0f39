package io.guildhall.operate;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.store.FollowerControl;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The age of the oldest event that a follower has not handled. It grows while a follower makes no progress, such as the
 * relay while Kafka is unavailable. Also the number of deadlines that wait for an operator.
 */
public final class FollowerLagMetrics {
    private final FollowerControl followers;
    private final InstantSource clock;
    private final Map<String, AtomicLong> behindSeconds = new HashMap<>();
    private final AtomicLong parkedDeadlines = new AtomicLong();

    public FollowerLagMetrics(FollowerControl followers, MeterRegistry metrics, InstantSource clock) {
        this.followers = followers;
        this.clock = clock;
        Gauge.builder("guildhall.deadlines.parked", parkedDeadlines, AtomicLong::doubleValue)
                .description("Deadlines whose command was rejected at every try")
                .strongReference(true)
                .register(metrics);
        for (var follower : followers.names()) {
            var seconds = new AtomicLong();
            behindSeconds.put(follower, seconds);
            Gauge.builder("guildhall.follower.behind.seconds", seconds, AtomicLong::doubleValue)
                    .description("Age of the oldest event that the follower has not handled; 0 if there is none")
                    .tag("follower", follower)
                    .strongReference(true)
                    .register(metrics);
        }
    }

    CompletionStage<Void> refresh() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        set(followers.behindSince());
                        parkedDeadlines.set(followers.parkedDeadlines());
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    void set(Map<String, Instant> behindSince) {
        var now = clock.instant();
        for (var follower : behindSeconds.keySet()) {
            var since = behindSince.getOrDefault(follower, now);
            requireNonNull(behindSeconds.get(follower))
                    .set(Math.max(0, Duration.between(since, now).toSeconds()));
        }
    }
}
