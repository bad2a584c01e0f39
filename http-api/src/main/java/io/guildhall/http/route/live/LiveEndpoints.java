package io.guildhall.http.route.live;

import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.auth.Identities;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.port.LiveTickets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Creates tickets for live connections. */
public final class LiveEndpoints {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final String BEARER = "Bearer ";

    private final LiveTickets tickets;
    private final Identities identities;

    public LiveEndpoints(LiveTickets tickets, Identities identities) {
        this.tickets = tickets;
        this.identities = identities;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(post(
                        "/api/live/tickets",
                        "Create a ticket for one live connection. Open /api/live?ticket=… or /api/live/events?ticket=… with it within 30 seconds.")
                .requiresLogin()
                .returns(201, TicketResource.class)
                .handledBy(this::create));
    }

    public record TicketResource(String ticket, Instant expiresAt) {}

    private CompletionStage<TicketResource> create(Call<Void> call) {
        var caller = call.caller();
        var expiresAt = call.requestedAt().plus(LIFETIME);
        var session = new LiveTickets.Session(caller.id(), caller.session(), caller.roles(), tokenExpiry(call));
        return tickets.issue(session, LIFETIME).thenApply(ticket -> new TicketResource(ticket, expiresAt));
    }

    private Instant tokenExpiry(Call<?> call) {
        return call.header("Authorization")
                .filter(it -> it.startsWith(BEARER))
                .map(it -> identities.identify(it.substring(BEARER.length())).expires())
                .orElse(call.requestedAt());
    }
}
