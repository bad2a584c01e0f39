package io.guildhall.adapter.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.guildhall.domain.account.Role;
import io.guildhall.kernel.RandomTokens;
import io.guildhall.kernel.Sha256;
import io.guildhall.port.LiveTickets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stores tickets in Redis: redeeming reads and deletes the value. Each ticket is stored once, so that it can be
 * redeemed once: in the database if it was issued while Redis was unavailable, otherwise in Redis. A ticket in Redis counts
 * as expired while Redis is unavailable.
 */
public final class RedisLiveTickets implements LiveTickets {
    private static final String PREFIX = "guildhall:ticket:";

    private record Ticket(Session session, Instant expires) {
        /** One part per line. No part contains a line break. */
        String text() {
            return String.join(
                    "\n",
                    expires.toString(),
                    session.accountId(),
                    session.sessionId(),
                    session.accessExpires().toString(),
                    session.roles().stream().map(Role::name).sorted().collect(joining(",")));
        }

        static Ticket parse(String text) {
            var lines = text.split("\n", -1);
            var roles = Arrays.stream(lines[4].split(","))
                    .filter(it -> !it.isEmpty())
                    .map(Role::valueOf)
                    .collect(toUnmodifiableSet());
            return new Ticket(new Session(lines[1], lines[2], roles, Instant.parse(lines[3])), Instant.parse(lines[0]));
        }
    }

    private final Redis redis;
    private final LiveTickets database;
    private final InstantSource clock;

    /** @param database stores the tickets that are issued while Redis is unavailable */
    public RedisLiveTickets(Redis redis, LiveTickets database, InstantSource clock) {
        this.redis = redis;
        this.database = database;
        this.clock = clock;
    }

    private static String key(String ticket) {
        return PREFIX + Sha256.hex(ticket);
    }

    @Override
    public CompletionStage<String> issue(Session session, Duration lifetime) {
        var ticket = RandomTokens.create();
        var text = new Ticket(session, clock.instant().plus(lifetime)).text();
        return redis.call(
                client -> {
                    client.<String>getBucket(key(ticket)).set(text, lifetime);
                    return ticket;
                },
                () -> database.issue(session, lifetime));
    }

    @Override
    public CompletionStage<Optional<Session>> redeem(String ticket) {
        return redis.call(
                        client -> Optional.ofNullable(
                                client.<String>getBucket(key(ticket)).getAndDelete()),
                        () -> completedFuture(Optional.<String>empty()))
                .thenCompose(text -> text.isEmpty()
                        ? database.redeem(ticket)
                        : completedFuture(text.map(Ticket::parse)
                                .filter(it -> clock.instant().isBefore(it.expires()))
                                .map(Ticket::session)));
    }
}
