package io.guildhall.background;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through a durable queue, from which any node claims entries: claims what is due, and handles a limited number of
 * claims at the same time, each within a timeout.
 *
 * @param <C> a claim, whose text names the entry in logs
 */
public final class ClaimLoop<C> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** What the loop does with the queue. */
    public interface Queue<C> {
        /** Claims entries that are due. Blocks. */
        List<C> claimDue(int max) throws Exception;

        /** Completes when the result is saved. */
        CompletionStage<Void> handle(C claim);

        /** Handling has failed or timed out. Completes when the next attempt is saved. */
        CompletionStage<Void> failed(C claim, Throwable failure);
    }

    private final String name;
    private final Queue<C> queue;
    private final Duration timeout;
    private final Semaphore permits;
    private volatile @Nullable BackgroundLoop loop;

    /**
     * @param name of the loop in metrics and logs
     * @param timeout of handling one claim; shorter than the claim
     */
    public ClaimLoop(String name, Queue<C> queue, int maxConcurrent, Duration timeout) {
        this.name = name;
        this.queue = queue;
        this.permits = new Semaphore(maxConcurrent);
        this.timeout = timeout;
    }

    public void start(BackgroundLoops loops) {
        loop = loops.start(name, this::run);
    }

    /** Handles what is due now, without waiting for the next poll. */
    public void wake() {
        var running = loop;
        if (running != null) running.wake();
    }

    /** Only this loop takes permits, so free permits stay free until it takes them. */
    private Duration run() throws Exception {
        int free = permits.availablePermits();
        if (free > 0) for (var claim : queue.claimDue(free)) handle(claim);
        return POLL_INTERVAL;
    }

    private void handle(C claim) {
        permits.acquireUninterruptibly();
        var _ = completedFuture(claim)
                .thenCompose(queue::handle)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> queue.failed(claim, failure))
                .whenComplete((_, failure) -> {
                    permits.release();
                    wake();
                    if (failure != null && !isStopping())
                        LOG.warn("{}: the result of {} could not be saved; handling it again", name, claim, failure);
                });
    }

    private boolean isStopping() {
        var running = loop;
        return running == null || running.isStopping();
    }

    /** Claims nothing more. What is being handled is completed, or claimed again by another node. */
    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
