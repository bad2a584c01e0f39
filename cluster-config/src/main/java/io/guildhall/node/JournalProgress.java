package io.guildhall.node;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Whether the journal's writer makes progress. It writes one batch at a time. */
final class JournalProgress {
    /** A batch takes milliseconds. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(4);

    private static final long IDLE = Long.MIN_VALUE;

    private volatile long startedAt = IDLE;

    <T> T duringBatch(Callable<T> write) throws Exception {
        startedAt = System.nanoTime();
        try {
            return write.call();
        } finally {
            startedAt = IDLE;
        }
    }

    boolean isStalled() {
        long started = startedAt;
        return started != IDLE && System.nanoTime() - started > STALLED_AFTER.toNanos();
    }
}
