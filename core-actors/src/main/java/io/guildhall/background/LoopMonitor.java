package io.guildhall.background;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics and log lines of one background loop: how often it was restarted after a failure, and when it last
 * succeeded. Only the first of several failures in a row is logged, and the success that follows them. Nothing is logged
 * while the node shuts down. Thread-safe.
 */
public final class LoopMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopMonitor.class);

    private final String name;
    private final InstantSource clock;
    private final BooleanSupplier isShuttingDown;
    private final Counter restarts;
    private final AtomicLong lastSuccess;
    private final AtomicBoolean failing = new AtomicBoolean();

    LoopMonitor(String name, MeterRegistry metrics, InstantSource clock, BooleanSupplier isShuttingDown) {
        this.name = name;
        this.clock = clock;
        this.isShuttingDown = isShuttingDown;
        this.restarts = Counter.builder("guildhall.loop.restarts")
                .description("How often a background loop was restarted after a failure")
                .tag("loop", name)
                .register(metrics);
        this.lastSuccess = new AtomicLong(clock.millis());
        TimeGauge.builder("guildhall.loop.last.success", lastSuccess, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .description("When a background loop last succeeded, as the time since 1970; at first, when it started")
                .tag("loop", name)
                .strongReference(true)
                .register(metrics);
    }

    /** Reports that the loop has done its work, or has found none. */
    public void succeeded() {
        lastSuccess.set(clock.millis());
        if (failing.compareAndSet(true, false) && !isShuttingDown.getAsBoolean())
            LOG.info("The background loop {} has recovered", name);
    }

    /** Reports that the loop was restarted after a failure that is logged elsewhere. */
    public void restarted() {
        restarts.increment();
    }

    /** Reports that the loop has failed and will be restarted. */
    public void failed(Throwable cause) {
        restarted();
        if (!failing.compareAndSet(false, true) || isShuttingDown.getAsBoolean()) return;
        // The place at which the outage of a service was noticed does not matter.
        if (Outage.isCauseOf(cause))
            LOG.warn("The background loop {} failed; retrying with backoff: {}", name, cause.toString());
        else LOG.warn("The background loop {} failed; retrying with backoff", name, cause);
    }
}
