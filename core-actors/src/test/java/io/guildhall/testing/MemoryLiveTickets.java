package io.guildhall.testing;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.kernel.RandomTokens;
import io.guildhall.port.LiveTickets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Tickets in memory, for tests without a database. */
public final class MemoryLiveTickets implements LiveTickets {
    private record Ticket(Session session, Instant expires) {}

    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryLiveTickets(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<String> issue(Session session, Duration lifetime) {
        var ticket = RandomTokens.create();
        tickets.put(ticket, new Ticket(session, clock.instant().plus(lifetime)));
        return completedFuture(ticket);
    }

    @Override
    public CompletionStage<Optional<Session>> redeem(String ticket) {
        return completedFuture(Optional.ofNullable(tickets.remove(ticket))
                .filter(it -> clock.instant().isBefore(it.expires()))
                .map(Ticket::session));
    }
}
