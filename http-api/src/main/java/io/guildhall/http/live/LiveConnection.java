package io.guildhall.http.live;

import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.Presence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One live connection: its authentication, the frames of its client, and its end. Its lock also guards its parts:
 * {@link Subscriptions}, {@link FrameSender} and {@link RoomActivity}. Thread-safe.
 */
final class LiveConnection {
    private static final Caller NOBODY = new Caller("", "", Set.of());

    /** The other end of the connection. Every method can be called by any thread, and none blocks. */
    interface Client {
        /**
         * @param cursor where to resume after the frame; empty if it is not an event
         * @return false if too much is queued
         */
        boolean send(String json, String cursor);

        /** Whether less than half of what can be queued is queued. */
        boolean hasCapacity();

        /** Whether nothing is queued. */
        boolean isDrained();

        void ping();

        /** The client has authenticated: no other connection can replace this one any more. */
        void identified();

        /** Discards everything that is still queued. */
        void close(CloseCode code, String reason);
    }

    private final LiveServer server;
    private final Client client;
    private final boolean isStream;
    private final Consumer<LiveConnection> start;
    /** The network address. */
    private final String address;

    private final Instant openedAt;
    private final FrameSender frames;
    private final Subscriptions subscriptions;
    private final RoomActivity activity;
    private final FrameRate frameRate;
    private boolean isClosed;
    private Optional<Identity> identity = Optional.empty();
    private volatile Instant heardAt;
    private Instant pingedAt;

    /**
     * @param isStream whether the client gets server-sent events and sends no frames
     * @param start runs first
     */
    @SuppressWarnings("this-escape") // The parts use it when it has started.
    LiveConnection(LiveServer server, Client client, String address, boolean isStream, Consumer<LiveConnection> start) {
        this.server = server;
        this.client = client;
        this.address = address;
        this.isStream = isStream;
        this.start = start;
        this.openedAt = server.now();
        this.heardAt = openedAt;
        this.pingedAt = openedAt;
        this.frameRate = new FrameRate(server.settings().maxFramesPerSecond(), openedAt);
        this.frames = new FrameSender(this, server, client);
        this.subscriptions = new Subscriptions(this, server, frames);
        this.activity = new RoomActivity(this, server, frames);
    }

    String address() {
        return address;
    }

    synchronized Optional<String> accountId() {
        return identity.map(it -> it.caller().id());
    }

    synchronized Caller caller() {
        return identity.map(Identity::caller).orElse(NOBODY);
    }

    Presence.State presence() {
        return activity.presence();
    }

    FrameSender frames() {
        return frames;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    /** Runs an action while no other thread changes the connection, unless the connection is closed. */
    synchronized void run(Runnable work) {
        if (!isClosed) work.run();
    }

    void started() {
        server.connections().add(this);
        start.accept(this);
    }

    /** Counts a WebSocket frame of the client. An empty one costs about as much as any other. */
    void frameArrived() {
        heardAt = server.now();
        run(() -> {
            if (!frameRate.takePermit(heardAt))
                close(
                        CloseCode.TOO_MANY,
                        "At most " + server.settings().maxFramesPerSecond() + " frames in a second are allowed.");
        });
    }

    void violated(CloseCode code, String reason) {
        close(code, reason);
    }

    /** Everything that was queued for the client was sent. */
    void drained() {
        run(frames::drained);
    }

    /** Too many bytes are queued for all clients of this node, and most of them for this one. */
    void closeAsSlow() {
        close(CloseCode.SLOW, "The clients of this server do not read fast enough. Connect again and resume.");
    }

    synchronized void close(CloseCode code, String reason) {
        if (isClosed) return;
        end();
        server.metrics().closed(code);
        client.close(code, reason);
    }

    /** The connection has ended. */
    synchronized void ended() {
        if (!isClosed) end();
    }

    /** The last subscription has ended. A stream ends with it, since its client cannot subscribe again. */
    void lastSubscriptionEnded(String detail) {
        if (isStream) close(CloseCode.NORMAL, detail);
    }

    private void end() {
        isClosed = true;
        try {
            subscriptions.endAll();
            frames.end();
        } finally {
            server.ended(this, identity.map(Identity::caller));
        }
    }

    // Frames of the client.

    synchronized void received(String json) {
        if (isClosed) return;
        try {
            handle(Json.readFrame(json.getBytes(StandardCharsets.UTF_8), ClientFrame.class));
        } catch (Problem problem) {
            frames.fail(problem);
        }
    }

    private void handle(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Authenticate(var token) -> authenticate(token);
            case ClientFrame.Ping _ -> frames.send(new ServerFrame.Pong());
            case ClientFrame _
            when identity.isEmpty() -> close(CloseCode.UNAUTHENTICATED, "Send an authenticate frame first.");
            case ClientFrame.Subscribe(var channel, var after, var epoch) ->
                subscriptions.subscribe(channel, after, epoch);
            case ClientFrame.Unsubscribe(var channel) -> subscriptions.unsubscribe(channel);
            case ClientFrame.Typing(var channel) ->
                subscriptions.inRoom(channel).ifPresent(activity::typing);
            case ClientFrame.Read(var channel, var number) ->
                subscriptions.inRoom(channel).ifPresent(it -> activity.read(it, number));
            case ClientFrame.ReadNotifications(var id, var through) -> activity.readNotifications(id, through);
            case ClientFrame.Present(var state) -> activity.present(state);
        }
    }

    // Authentication.

    private void authenticate(String token) {
        try {
            authenticated(server.identities().identify(token));
        } catch (Problem problem) {
            close(problem.status() == 503 ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED, problem.detail());
        }
    }

    /** The client has authenticated, for the first time or again. */
    synchronized void authenticated(Identity shown) {
        if (isClosed) return;
        boolean isFirst = identity.isEmpty();
        if (!isFirst && !caller().id().equals(shown.caller().id())) {
            close(CloseCode.FORBIDDEN, "The token belongs to another account. Open another connection for it.");
        } else if (server.isSuspended(shown.caller().id())) {
            close(CloseCode.FORBIDDEN, "The account is suspended.");
        } else if (isFirst && !server.connections().admit(this, shown.caller())) {
            close(CloseCode.TOO_MANY, "The account has too many live connections.");
        } else {
            identity = Optional.of(shown);
            if (isFirst) {
                client.identified();
                server.presence().connected(this, shown.caller());
            }
            frames.send(new ServerFrame.Authenticated(shown.caller().id(), shown.expires()));
        }
    }

    /** Where a stream resumes; empty for a WebSocket, whose client keeps the offset of each channel. */
    String cursor() {
        return isStream ? subscriptions.cursor() : "";
    }

    // Checks.

    /** An account has blocked another one, or does so no longer. */
    synchronized void checkRooms() {
        if (!isClosed) identity.ifPresent(it -> subscriptions.checkRooms(it.caller()));
    }

    /**
     * Ends the connection if the client is no longer allowed to have it, and sends a ping to a client that sends
     * nothing.
     */
    synchronized void check(Instant now) {
        if (isClosed) return;
        var settings = server.settings();
        frames.closeIfSlow(now, settings.slowTimeout());
        if (isClosed) return;
        if (identity.isEmpty()
                && openedAt.plus(settings.authenticationTimeout()).isBefore(now))
            close(
                    CloseCode.UNAUTHENTICATED,
                    "Authenticate within " + settings.authenticationTimeout().toSeconds() + " s.");
        else if (identity.filter(it -> it.expires().plus(settings.expiryGrace()).isBefore(now))
                .isPresent())
            close(CloseCode.UNAUTHENTICATED, "The access token has expired. Get a new one at /api/auth/refresh.");
        else if (!isStream && heardAt.plus(settings.heartbeatTimeout()).isBefore(now))
            close(
                    CloseCode.NO_HEARTBEAT,
                    "Nothing was received for " + settings.heartbeatTimeout().toSeconds() + " s.");
        else {
            identity.ifPresent(it -> checkRights(it.caller()));
            pingIfDue(now);
        }
    }

    private void pingIfDue(Instant now) {
        if (isClosed || pingedAt.plus(server.settings().heartbeatInterval()).isAfter(now)) return;
        pingedAt = now;
        client.ping();
    }

    private void checkRights(Caller caller) {
        try {
            if (server.isSuspended(caller.id())) close(CloseCode.FORBIDDEN, "The account is suspended.");
            else server.identities().requireActive(caller.session());
        } catch (Problem problem) {
            close(problem.status() == 503 ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED, problem.detail());
        }
        if (!isClosed) subscriptions.checkDoubtful(caller);
    }
}
