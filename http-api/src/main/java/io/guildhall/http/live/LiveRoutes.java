package io.guildhall.http.live;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Api;
import io.guildhall.http.endpoint.Cors;
import io.guildhall.http.endpoint.Escapes;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.live.EventStreams.Cursor;
import io.guildhall.http.server.HttpServer;
import io.guildhall.projections.readmodel.live.Channel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.jspecify.annotations.Nullable;

/** Opens live connections: a WebSocket at {@value #SOCKET}, server-sent events at {@value #STREAM}. */
public final class LiveRoutes {
    static final String SOCKET = "/api/live";
    static final String STREAM = "/api/live/events";
    private static final String TICKET = "ticket";
    private static final String CHANNEL = "channel";
    private static final String LAST_EVENT_ID = "lastEventId";
    private static final String BEARER = "Bearer ";
    private static final int MAX_TICKET_LENGTH = 100;

    private final LiveServer server;
    private final Cors cors;
    private final Api api;

    public LiveRoutes(LiveServer server, Cors cors, Api api) {
        this.server = server;
        this.cors = cors;
        this.api = api;
    }

    public static boolean serves(HttpRequest request) {
        var path = request.getUri().path();
        return path.equals(SOCKET) || path.equals(STREAM);
    }

    /** Returns nothing for other requests. Never fails: every failure becomes a problem response. */
    public Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
        return switch (request.getUri().path()) {
            case SOCKET -> Optional.of(api.respond(request, address -> socket(request, address)));
            case STREAM -> Optional.of(api.respond(request, address -> stream(request, address)));
            default -> Optional.empty();
        };
    }

    private void requireOrigin(HttpRequest request) {
        if (!cors.admits(request))
            throw new Problem(
                    403, "origin-not-allowed", "Pages of this site are not allowed to open live connections.");
    }

    private CompletionStage<HttpResponse> socket(HttpRequest request, String address) {
        requireOrigin(request);
        var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade)
                .orElseThrow(() -> new Problem(
                        426, "upgrade-required", "Open this address as a WebSocket, or use " + STREAM + "."));
        if (!offersProtocol(upgrade))
            throw new Problem(400, "subprotocol-required", "Offer the subprotocol " + WebSockets.SUBPROTOCOL + ".");
        requireKnownParameters(request, List.of(TICKET));
        server.connections().requireCapacity(address);
        var ticket = request.getUri().query().get(TICKET);
        Runnable identified = request.getAttribute(HttpServer.IDENTIFIED).orElse(() -> {});
        // A page does not see the status of a failed upgrade, but it sees a close code.
        return ticket.map(this::redeem)
                .orElseGet(() -> completedFuture(Optional.empty()))
                .thenApply(identity -> open(upgrade, address, identified, ticket.isPresent(), identity));
    }

    private static boolean offersProtocol(WebSocketUpgrade upgrade) {
        return StreamSupport.stream(upgrade.getRequestedProtocols().spliterator(), false)
                .anyMatch(WebSockets.SUBPROTOCOL::equals);
    }

    private CompletionStage<Optional<Identity>> redeem(String ticket) {
        return ticket.length() <= MAX_TICKET_LENGTH ? server.redeem(ticket) : completedFuture(Optional.empty());
    }

    private HttpResponse open(
            WebSocketUpgrade upgrade,
            String address,
            Runnable identified,
            boolean hasTicket,
            Optional<Identity> identity) {
        var opened = new AtomicReference<@Nullable LiveConnection>();
        var stage = new ConnectionStage(server.settings(), server.queuedBytes(), true, identified, client -> {
            var connection = server.open(client, address, false, it -> {
                if (identity.isPresent()) it.authenticated(identity.get());
                else if (hasTicket) it.close(CloseCode.UNAUTHENTICATED, "The ticket is not valid. Request another.");
            });
            opened.set(connection);
            return connection;
        });
        return WebSockets.upgrade(
                upgrade, stage, () -> Optional.ofNullable(opened.get()).ifPresent(LiveConnection::frameArrived));
    }

    private CompletionStage<HttpResponse> stream(HttpRequest request, String address) {
        requireOrigin(request);
        if (!request.method().equals(HttpMethods.GET))
            throw new Problem(405, "method-not-allowed", "This resource supports GET.");
        requireKnownParameters(request, List.of(CHANNEL, TICKET, LAST_EVENT_ID));
        var channels = channels(request);
        var cursor = cursor(request, channels);
        server.connections().requireCapacity(address);
        return identify(request).thenApply(identity -> stream(address, identity, channels, cursor));
    }

    private List<String> channels(HttpRequest request) {
        var channels = request.getUri().query().toList().stream()
                .filter(it -> it.first().equals(CHANNEL))
                .map(it -> it.second())
                .distinct()
                .toList();
        if (channels.isEmpty() || channels.size() > server.settings().maxSubscriptions())
            throw badQuery("Name 1 to " + server.settings().maxSubscriptions()
                    + " channels, as channel=me&channel=room:rm_….");
        for (var it : channels)
            if (!Channel.isWellFormed(it)) throw badQuery(Escapes.printable(it) + ": " + Subscriptions.NO_SUCH_CHANNEL);
        return channels;
    }

    /** Rejects other parameters: a client that misspells one would get no events. */
    private static void requireKnownParameters(HttpRequest request, List<String> known) {
        request.getUri().query().toList().stream()
                .map(it -> it.first())
                .filter(it -> !known.contains(it))
                .findFirst()
                .ifPresent(it -> {
                    throw badQuery("Unknown query parameter: %s. Known parameters: %s."
                            .formatted(Escapes.printable(it), String.join(", ", known)));
                });
    }

    private static Problem badQuery(String detail) {
        return new Problem(400, "bad-query", detail);
    }

    /**
     * The position after which a stream resumes. A browser cannot send a header with a new {@code EventSource}, which it
     * needs for a new ticket, but a parameter. The header is newer, since a browser adds it to a repeated request.
     */
    private static Optional<Cursor> cursor(HttpRequest request, List<String> channels) {
        return request.getHeader("Last-Event-ID")
                .map(HttpHeader::value)
                .filter(it -> !it.isEmpty())
                .or(() -> request.getUri().query().get(LAST_EVENT_ID).filter(it -> !it.isEmpty()))
                .map(
                        it -> Cursor.parse(it, channels)
                                .orElseThrow(
                                        () -> new Problem(
                                                400,
                                                "bad-cursor",
                                                "Send in Last-Event-ID or lastEventId the id of an event of a stream with the same channels, in the same order.")));
    }

    /** By access token or ticket: a browser cannot send a header with a request for events. */
    private CompletionStage<Identity> identify(HttpRequest request) {
        var header = request.getHeader("Authorization").map(HttpHeader::value);
        if (header.isPresent() && header.get().startsWith(BEARER))
            return completedFuture(server.identities().identify(header.get().substring(BEARER.length())));
        return request.getUri()
                .query()
                .get(TICKET)
                .map(this::redeem)
                .orElseGet(() -> completedFuture(Optional.empty()))
                .thenApply(it -> it.orElseThrow(() -> new Problem(
                        401,
                        "unauthenticated",
                        "Send the access token as Authorization: Bearer <token>, or a new ticket as ticket.")));
    }

    private HttpResponse stream(String address, Identity identity, List<String> channels, Optional<Cursor> cursor) {
        var stage = new ConnectionStage(
                server.settings(),
                server.queuedBytes(),
                false,
                () -> {},
                client -> server.open(
                        client,
                        address,
                        true,
                        connection -> connection.run(() -> {
                            connection.authenticated(identity);
                            connection.run(() -> connection.subscriptions().subscribeAll(channels, cursor));
                        })));
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        MediaTypes.TEXT_EVENT_STREAM.toContentType(), EventStreams.source(stage)))
                // Proxies must not wait for the end of the response.
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
    }
}
