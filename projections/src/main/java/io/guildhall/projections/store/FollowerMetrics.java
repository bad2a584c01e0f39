package io.guildhall.projections.store;

import io.guildhall.actors.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.projection.HandlerRecoveryStrategy;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.StatusObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the lag of followers, from the write of an event until it was handled, and counts their failures. */
public final class FollowerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerMetrics.class);

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Timer> lags = new ConcurrentHashMap<>();
    private final Set<ProjectionId> failing = ConcurrentHashMap.newKeySet();

    public FollowerMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void recordLag(String follower, Instant writtenAt) {
        lags.computeIfAbsent(follower, this::timer)
                .record(Duration.between(writtenAt, clock.instant()).abs());
    }

    private Timer timer(String follower) {
        return Timer.builder("guildhall.follower.lag")
                .description("Time from the write of an event until the follower has handled it")
                .tag("follower", follower)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    StatusObserver<Envelope> observer(String follower) {
        return new Observer(follower);
    }

    /** Logs once that a follower fails and once that it has recovered; every failure is counted. */
    private final class Observer extends StatusObserver<Envelope> {
        private final String follower;

        Observer(String follower) {
            this.follower = follower;
        }

        @Override
        public void started(ProjectionId id) {}

        @Override
        public void failed(ProjectionId id, Throwable cause) {
            registry.counter("guildhall.follower.failures", "follower", follower)
                    .increment();
            if (failing.add(id)) LOG.warn("Follower {} failed; retrying with exponential backoff", id.id(), cause);
        }

        @Override
        public void stopped(ProjectionId id) {}

        @Override
        public void beforeProcess(ProjectionId id, Envelope envelope) {}

        @Override
        public void afterProcess(ProjectionId id, Envelope envelope) {}

        @Override
        public void offsetProgress(ProjectionId id, Envelope envelope) {
            if (failing.remove(id)) LOG.info("Follower {} has recovered", id.id());
        }

        @Override
        public void error(ProjectionId id, Envelope envelope, Throwable cause, HandlerRecoveryStrategy strategy) {
            try (var _ = LogContext.open(envelope.correlation())) {
                if (failing.add(id))
                    LOG.warn(
                            "Follower {} failed at event {} of {} {}; retrying with exponential backoff",
                            id.id(),
                            envelope.sequence(),
                            envelope.kind(),
                            envelope.entityId(),
                            cause);
            }
        }
    }
}
