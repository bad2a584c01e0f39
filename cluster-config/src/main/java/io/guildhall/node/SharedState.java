package io.guildhall.node;

import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.adapter.postgres.PostgresLiveTickets;
import io.guildhall.adapter.postgres.PostgresPresence;
import io.guildhall.node.Database.Part;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.Presence;
import io.guildhall.port.RateLimiter;

/**
 * Short-lived state that requests and live connections of all nodes share. The limiter counts on each node separately;
 * tickets and presence are in the database.
 */
record SharedState(RateLimiter limiter, LiveTickets tickets, Presence presence) {
    /** Used besides those for tickets and for queries of presence: to write presence, and to delete what expired. */
    static final int OTHER_CONNECTIONS = PostgresPresence.OTHER_CONNECTIONS + 1;

    static SharedState open(NodeContext context, Database database) {
        var pool = database.pool(Part.LIVE);
        int concurrency = database.connections(Part.LIVE) - OTHER_CONNECTIONS;
        int queries = concurrency / 2;
        var tickets = new PostgresLiveTickets(pool, concurrency - queries, context.clock());
        var presence = new PostgresPresence(pool, queries, context.clock());
        context.openParts().add(context.loops().start("live-ticket-sweep", tickets::sweep));
        context.openParts().add(context.loops().start("presence-sweep", presence::sweep));
        return new SharedState(new LocalRateLimiter(context.clock()), tickets, presence);
    }
}
