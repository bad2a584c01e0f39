package io.guildhall.port;

import io.guildhall.domain.account.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Single-use tickets that authenticate a live connection. A browser cannot send an access token when it opens a
 * WebSocket; it requests a ticket, and opens the connection with it, on the same or another node.
 */
public interface LiveTickets {
    /**
     * The session that a ticket was issued in.
     *
     * @param accessExpires when the access token expires that the ticket was requested with
     */
    record Session(String accountId, String sessionId, Set<Role> roles, Instant accessExpires) {
        public Session {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * Issues a ticket: 43 characters that are safe in a URL and cannot be guessed. Stored hashed.
     *
     * @param lifetime after which it can no longer be redeemed
     */
    CompletionStage<String> issue(Session session, Duration lifetime);

    /**
     * Redeems a ticket. Of all calls with the same ticket on all nodes, at most one returns its session. The result is empty
     * if the ticket was redeemed before, has expired or was never issued: then the client requests another.
     */
    CompletionStage<Optional<Session>> redeem(String ticket);
}
