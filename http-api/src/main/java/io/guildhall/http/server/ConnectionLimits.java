package io.guildhall.http.server;

import java.time.Duration;

/**
 * Limits of the connections of one server.
 *
 * @param total how many can be open
 * @param perAddress how many can be open from one network address, unless it is a trusted proxy; a sixteenth of it while
 *     less than a quarter of the total is left
 * @param headerTimeout from the opening of a connection until the whole header of its first request has arrived
 * @param keepAliveTimeout from a response until the whole header of the next request has arrived; at most {@code
 *     headerTimeout} from its first byte
 * @param sendTimeout how long the network can accept nothing of a response, or less than {@code minBytesPerSecond}
 */
public record ConnectionLimits(
        int total,
        int perAddress,
        Duration headerTimeout,
        Duration keepAliveTimeout,
        Duration sendTimeout,
        long minBytesPerSecond) {
    /** For servers that only a few programs call. */
    public static final ConnectionLimits SMALL = new ConnectionLimits(
            256, 128, Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(20), 8 * 1024);

    private static final int PER_ADDRESS_DIVISOR = 16;

    /** Returns the maximum number of connections of an address at this total of open connections. */
    int perAddress(int open) {
        return open < total - total / 4 ? perAddress : Math.max(1, perAddress / PER_ADDRESS_DIVISOR);
    }
}
