package io.guildhall.projections.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures the lag of followers, from the write of an event until it was handled, and counts their failures. */
public final class FollowerMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Timer> lags = new ConcurrentHashMap<>();
    private final Map<String, Map<SliceRange, Integer>> parked = new ConcurrentHashMap<>();

    public FollowerMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void handled(String follower, List<Envelope> events) {
        var timer = lags.computeIfAbsent(follower, this::timer);
        var now = clock.instant();
        for (var it : events) timer.record(Duration.between(it.at(), now).abs());
    }

    private Timer timer(String follower) {
        return Timer.builder("guildhall.follower.lag")
                .description("Time from the write of an event until the follower has handled it")
                .tag("follower", follower)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Reports how many entities a reader has parked. */
    void parked(String follower, SliceRange range, int entities) {
        parked.computeIfAbsent(follower, this::parkedGauge).put(range, entities);
    }

    private Map<SliceRange, Integer> parkedGauge(String follower) {
        var counts = new ConcurrentHashMap<SliceRange, Integer>();
        Gauge.builder(
                        "guildhall.follower.parked",
                        counts,
                        it -> it.values().stream().mapToInt(i -> i).sum())
                .description("Entities that the follower has parked, of the readers on this node")
                .tag("follower", follower)
                .strongReference(true)
                .register(registry);
        return counts;
    }

    void failed(String follower) {
        registry.counter("guildhall.follower.failures", "follower", follower).increment();
    }
}
