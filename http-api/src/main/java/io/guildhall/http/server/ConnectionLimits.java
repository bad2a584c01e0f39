package io.guildhall.http.server;

import java.time.Duration;

/**
 * Limits of the connections of one server.
 *
 * @param total how many can be open
 * @param perAddress how many can be open from one network address, unless it is a trusted proxy
 * @param headerTimeout from the opening of a connection until the whole header of its first request has arrived
 * @param keepAliveTimeout from a response until the whole header of the next request has arrived
 */
public record ConnectionLimits(int total, int perAddress, Duration headerTimeout, Duration keepAliveTimeout) {
    /** For servers that only a few programs call. */
    public static final ConnectionLimits SMALL =
            new ConnectionLimits(256, 128, Duration.ofSeconds(10), Duration.ofSeconds(75));
}
