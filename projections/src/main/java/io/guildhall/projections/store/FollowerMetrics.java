package io.guildhall.projections.store;

import io.guildhall.actors.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the lag of followers, from the write of an event until it was handled, and counts their failures. Logs once
 * that a reader of a follower fails and once that it has recovered.
 */
public final class FollowerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerMetrics.class);

    private record Reader(String follower, SliceRange range) {}

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Timer> lags = new ConcurrentHashMap<>();
    private final Set<Reader> failing = ConcurrentHashMap.newKeySet();

    public FollowerMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void handled(String follower, SliceRange range, List<Envelope> events) {
        var timer = lags.computeIfAbsent(follower, this::timer);
        var now = clock.instant();
        for (var it : events) timer.record(Duration.between(it.at(), now).abs());
        if (failing.remove(new Reader(follower, range)))
            LOG.info("Follower {} has recovered in the slices {}", follower, range);
    }

    private Timer timer(String follower) {
        return Timer.builder("guildhall.follower.lag")
                .description("Time from the write of an event until the follower has handled it")
                .tag("follower", follower)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void failed(String follower, SliceRange range, Throwable failure) {
        registry.counter("guildhall.follower.failures", "follower", follower).increment();
        if (!failing.add(new Reader(follower, range))) return;
        if (!(failure instanceof EventFailedException failed)) {
            LOG.warn(
                    "Follower {} failed in the slices {}; retrying with exponential backoff", follower, range, failure);
            return;
        }
        var event = failed.event();
        try (var _ = LogContext.open(event.correlation())) {
            LOG.warn(
                    "Follower {} failed at event {} of {} {}; retrying with exponential backoff",
                    follower,
                    event.sequence(),
                    event.kind(),
                    event.entityId(),
                    failed.getCause());
        }
    }
}
