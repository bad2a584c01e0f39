package io.guildhall.http.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Limits what goes on at the same time, in total and for each caller, so that one caller cannot use all permits. */
final class CallerPermits {
    private static final int RETRY_AFTER_SECONDS = 2;

    private final String what;
    private final int maxPerCaller;
    private final Semaphore total;
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();

    /** @param what is limited, in the plural, for the problem's detail */
    CallerPermits(String what, int max, int maxPerCaller) {
        this.what = what;
        this.maxPerCaller = maxPerCaller;
        this.total = new Semaphore(max);
    }

    /**
     * Closing it returns the permit. It must be closed once.
     *
     * @throws Problem 429 if the caller has all its permits in use, 503 if there are no more
     */
    Runnable acquire(String caller) {
        if (byCaller.merge(caller, 1, Integer::sum) > maxPerCaller) {
            release(caller);
            throw Problem.later(
                    429,
                    "too-many-requests",
                    "You have too many " + what + " in progress. Wait until one of them is done.",
                    RETRY_AFTER_SECONDS);
        }
        if (!total.tryAcquire()) {
            release(caller);
            throw Problem.later(
                    503, "busy", "Too many " + what + " are in progress. Try again later.", RETRY_AFTER_SECONDS);
        }
        return () -> {
            total.release();
            release(caller);
        };
    }

    private void release(String caller) {
        byCaller.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
    }
}
