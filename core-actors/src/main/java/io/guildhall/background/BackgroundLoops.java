package io.guildhall.background;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts everything that a node does repeatedly without a request: polling, sending, waiting for something to be due.
 * No loop ends because of a failure; each has the metrics of {@link LoopMonitor} under its name.
 */
public final class BackgroundLoops {
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Map<String, LoopMonitor> monitors = new ConcurrentHashMap<>();
    private volatile boolean shuttingDown;

    public BackgroundLoops(MeterRegistry metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Starts a loop. The code that starts a loop closes it before it closes what the loop uses.
     *
     * @param name of the loop in metrics and logs
     */
    public BackgroundLoop start(String name, BackgroundLoop.Step step) {
        var loop = new BackgroundLoop(name, step, monitor(name));
        loop.start();
        return loop;
    }

    /**
     * For a loop that is not a thread, such as an actor, and reports its successes and failures itself. A loop that ends
     * and starts again on this node keeps its metrics.
     */
    public LoopMonitor monitor(String name) {
        return monitors.computeIfAbsent(name, it -> new LoopMonitor(it, metrics, clock, () -> shuttingDown));
    }

    /** From now on failures are not logged: the parts that the loops use are being closed. */
    public void shuttingDown() {
        shuttingDown = true;
    }
}
