package io.guildhall.node;

import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.PostgresLiveTickets;
import io.guildhall.adapter.postgres.PostgresNotificationMarks;
import io.guildhall.adapter.postgres.PostgresPresence;
import io.guildhall.adapter.postgres.PostgresReadMarks;
import io.guildhall.adapter.postgres.PostgresRoomFiles;
import io.guildhall.adapter.redis.Redis;
import io.guildhall.adapter.redis.RedisLiveTickets;
import io.guildhall.adapter.redis.RedisPresence;
import io.guildhall.adapter.redis.RedisRateLimiter;
import io.guildhall.node.Database.Part;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.NotificationMarks;
import io.guildhall.port.Presence;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.ReadMarks;
import io.guildhall.port.RoomFiles;

/**
 * Short-lived state that requests and live connections of all nodes share: in Redis, if the settings name one. Without
 * Redis, and while it is unavailable, each node limits on its own, and tickets and presence are in the database. Read
 * marks, of rooms and of notifications, and the records of uploaded files are always in the database.
 */
record SharedState(
        RateLimiter limiter,
        LiveTickets tickets,
        Presence presence,
        ReadMarks readMarks,
        NotificationMarks notificationMarks,
        RoomFiles files) {
    /**
     * Connections in addition to those for tickets and for queries of presence: to write presence, read marks and records
     * of files, and to delete expired rows.
     */
    static final int OTHER_CONNECTIONS = PostgresPresence.OTHER_CONNECTIONS
            + PostgresReadMarks.CONNECTIONS
            + PostgresNotificationMarks.CONNECTIONS
            + PostgresRoomFiles.CONNECTIONS
            + 1;

    static SharedState open(NodeContext context, Database database) {
        var local = withoutRedis(context, database);
        return context.settings()
                .services()
                .redis()
                .map(it -> local.with(context.openParts().add(new Redis(it.url(), it.timeout())), context))
                .orElse(local);
    }

    private static SharedState withoutRedis(NodeContext context, Database database) {
        var pool = database.pool(Part.LIVE);
        int concurrency = database.connections(Part.LIVE) - OTHER_CONNECTIONS;
        int queries = concurrency / 2;
        var tickets = new PostgresLiveTickets(pool, concurrency - queries, context.clock());
        var presence = new PostgresPresence(pool, queries, context.clock());
        context.openParts().add(context.loops().start("live-ticket-sweep", tickets::sweep));
        context.openParts().add(context.loops().start("presence-sweep", presence::sweep));
        return new SharedState(
                new LocalRateLimiter(context.clock()),
                tickets,
                presence,
                new PostgresReadMarks(pool, context.clock()),
                new PostgresNotificationMarks(pool, context.clock()),
                new PostgresRoomFiles(pool, context.settings().files().unattachedLifetime()));
    }

    private SharedState with(Redis redis, NodeContext context) {
        return new SharedState(
                new RedisRateLimiter(redis, limiter),
                new RedisLiveTickets(redis, tickets, context.clock()),
                new RedisPresence(redis, presence, context.clock()),
                readMarks,
                notificationMarks,
                files);
    }
}
