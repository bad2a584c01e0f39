package io.guildhall.http.endpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits concurrent work: in total, for each caller and for each network address. The last quarter of the permits is a
 * reserve for callers and addresses that have none, so that a few callers, or many callers of a few addresses, cannot
 * use all permits.
 */
final class CallerPermits {
    private static final int RETRY_AFTER_SECONDS = 2;

    private final String what;
    private final int max;
    private final int maxPerCaller;
    private final int maxPerAddress;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int inUse;

    /** @param what is limited, in the plural, for the problem's detail */
    CallerPermits(String what, int max, int maxPerCaller, int maxPerAddress) {
        this.what = what;
        this.max = max;
        this.maxPerCaller = maxPerCaller;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Closing it returns the permit. It must be closed once.
     *
     * @param caller an account; the address for a caller without one
     * @throws Problem 429 if the caller or its address has used all its permits, 503 if no permit is available to it
     */
    synchronized Runnable acquire(String caller, String address) {
        int ofCaller = byCaller.getOrDefault(caller, 0);
        int ofAddress = byAddress.getOrDefault(address, 0);
        if (ofCaller >= maxPerCaller || ofAddress >= maxPerAddress)
            throw Problem.later(
                    429,
                    "too-many-requests",
                    "You have too many " + what + " in progress. Wait until one of them is done.",
                    RETRY_AFTER_SECONDS);
        if (inUse >= max || (isReserveInUse() && ofCaller + ofAddress > 0))
            throw Problem.later(
                    503, "busy", "Too many " + what + " are in progress. Try again later.", RETRY_AFTER_SECONDS);
        inUse++;
        byCaller.put(caller, ofCaller + 1);
        byAddress.put(address, ofAddress + 1);
        return () -> release(caller, address);
    }

    /** Whether only the reserve is left. */
    synchronized boolean isReserveInUse() {
        return inUse >= max - max / 4;
    }

    private synchronized void release(String caller, String address) {
        inUse--;
        byCaller.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
