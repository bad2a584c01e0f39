package io.guildhall.http.live;

import java.time.Duration;

/**
 * The limits of live connections of a node.
 *
 * @param maxConnections on this node
 * @param maxPerAddress from one network address
 * @param maxPerAccount of one account
 * @param maxSubscriptions of one connection
 * @param maxFrameBytes of a frame from a client
 * @param maxFramesPerSecond from a client, of any kind: WebSocket frames with parts of messages, pings and pongs count
 *     too; twice as many in a burst
 * @param maxQueuedFrames to a client that does not read them; beyond half of it, events wait in the database
 * @param maxQueuedBytes the same in bytes
 * @param maxQueuedBytesOfAll to all clients of this node together; beyond it, the client with the most is closed
 * @param authenticationTimeout until a client without a ticket has to authenticate
 * @param expiryGrace how long a connection stays open after its access token has expired
 * @param heartbeatInterval between pings
 * @param heartbeatTimeout the time without any frame from a client after which it counts as dead
 * @param slowTimeout how long something can stay queued; then the client is closed
 * @param pollInterval after which a lost signal is repaired
 */
public record LiveSettings(
        int maxConnections,
        int maxPerAddress,
        int maxPerAccount,
        int maxSubscriptions,
        int maxFrameBytes,
        int maxFramesPerSecond,
        int maxQueuedFrames,
        int maxQueuedBytes,
        long maxQueuedBytesOfAll,
        Duration authenticationTimeout,
        Duration expiryGrace,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration slowTimeout,
        Duration pollInterval) {}
