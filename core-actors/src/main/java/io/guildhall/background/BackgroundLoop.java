package io.guildhall.background;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs a step repeatedly on a virtual thread until it is stopped. A step that fails, by an exception or an error, is
 * run again with backoff.
 */
public final class BackgroundLoop implements AutoCloseable {
    private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** One run of the loop. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does what there is to do. Blocks, and has a timeout on every wait.
         *
         * @return how long to wait until the next run, unless the loop is woken earlier
         */
        Duration run() throws Exception;
    }

    private final Step step;
    private final LoopMonitor monitor;
    private final RetryDelays delays = new RetryDelays(MIN_BACKOFF, MAX_BACKOFF);
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    BackgroundLoop(String name, Step step, LoopMonitor monitor) {
        this.step = step;
        this.monitor = monitor;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!isStopping()) {
            try {
                runOnce();
            } catch (Throwable e) {
                // The thread was interrupted, or a failure could not be reported. If the loop is not closed, it
                // continues.
            }
        }
        ended.complete(null);
    }

    private void runOnce() throws InterruptedException {
        Duration pause;
        try {
            pause = step.run();
        } catch (Throwable e) {
            if (isStopping()) return;
            try {
                monitor.failed(e);
            } finally {
                var _ = stopping.await(delays.next().toMillis(), TimeUnit.MILLISECONDS);
            }
            return;
        }
        monitor.succeeded();
        delays.reset();
        var _ = wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
    }

    /** Ends the pause between two runs. A loop that is running runs once more. Does not shorten a backoff. */
    public void wake() {
        wakeUps.release();
    }

    /** Whether {@link #stop} was called. A step with many parts does not start the next one then. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Starts no further run. Does not wait for the current one. */
    public void stop() {
        stopping.countDown();
        wake();
    }

    /** Completes when the loop has been stopped and its last run has ended. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    /** Waits until the loop has been stopped and its last run has ended. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Stops the loop and waits for the current run, which is interrupted after {@link #CLOSE_TIMEOUT}. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(CLOSE_TIMEOUT)) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
