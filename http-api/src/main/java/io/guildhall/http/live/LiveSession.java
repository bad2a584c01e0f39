package io.guildhall.http.live;

import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.ErrorMapping;
import io.guildhall.http.endpoint.Json;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.Presence;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents.Head;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One live connection: its authentication, its subscriptions, and what it sends and receives. Thread-safe. */
final class LiveSession {
    private static final Caller NOBODY = new Caller("", "", "", Set.of());

    /** The other end of the connection. Every method can be called by any thread, and none blocks. */
    interface Client {
        /**
         * @param cursor where to resume after the frame; empty if it is not an event
         * @return false if too much is queued
         */
        boolean send(String json, String cursor);

        /** Whether less than half of what can be queued is queued. */
        boolean hasRoom();

        /** Whether nothing is queued. */
        boolean isDrained();

        void ping();

        /** Discards everything that is still queued. */
        void close(CloseCode code, String reason);
    }

    private final LiveServer server;
    private final Client client;
    private final boolean isStream;
    private final Consumer<LiveSession> start;
    /** The network address. */
    private final String address;

    private final Instant openedAt;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Deque<Subscription> catchUps = new ArrayDeque<>();
    private boolean isReading;
    private boolean isClosed;
    private Optional<Identity> identity = Optional.empty();
    /** Read by threads that have locked another session. */
    private volatile Presence.State presence = Presence.State.ONLINE;

    private String epoch = "";
    private double permits;
    private Instant permitsAt;
    private Instant typedAt = Instant.MIN;
    private volatile Instant heardAt;
    private Instant pingedAt;
    /** When everything that was queued had been sent. */
    private Instant keptUpAt;

    /**
     * @param isStream whether the client gets server-sent events and sends no frames
     * @param start runs first
     */
    LiveSession(LiveServer server, Client client, String address, boolean isStream, Consumer<LiveSession> start) {
        this.server = server;
        this.client = client;
        this.address = address;
        this.isStream = isStream;
        this.start = start;
        this.openedAt = server.now();
        this.permits = server.settings().maxFramesPerSecond();
        this.permitsAt = openedAt;
        this.heardAt = openedAt;
        this.pingedAt = openedAt;
        this.keptUpAt = openedAt;
    }

    String address() {
        return address;
    }

    synchronized Optional<String> accountId() {
        return identity.map(it -> it.caller().id());
    }

    Presence.State presence() {
        return presence;
    }

    synchronized List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    /** Runs an action while no other thread changes the session, unless the session is closed. */
    synchronized void run(Runnable work) {
        if (!isClosed) work.run();
    }

    void started() {
        server.started(this);
        start.accept(this);
    }

    /** Handles an input from the client. */
    void heard() {
        heardAt = server.now();
    }

    void violated(CloseCode code, String reason) {
        close(code, reason);
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

    private void end() {
        isClosed = true;
        for (var it : subscriptions.values()) leave(it);
        subscriptions.clear();
        catchUps.clear();
        server.ended(this, identity.map(Identity::caller));
    }

    private void leave(Subscription subscription) {
        subscription.end();
        server.feeds().remove(subscription.channel(), subscription);
        server.presence().stopWatching(subscription);
        server.metrics().unsubscribed();
    }

    // What arrives.

    synchronized void received(String json) {
        if (isClosed) return;
        if (!takePermit()) {
            close(
                    CloseCode.TOO_MANY,
                    "At most " + server.settings().maxFramesPerSecond() + " frames in a second are allowed.");
            return;
        }
        try {
            handle(Json.read(json.getBytes(StandardCharsets.UTF_8), ClientFrame.class));
        } catch (Problem problem) {
            send(new ServerFrame.Failed(problem.code(), detail(problem), Optional.empty()));
        }
    }

    private static String detail(Problem problem) {
        return String.valueOf(problem.getMessage());
    }

    private boolean takePermit() {
        var now = server.now();
        int rate = server.settings().maxFramesPerSecond();
        var elapsed = java.time.Duration.between(permitsAt, now).toMillis() / 1_000.0;
        permits = Math.min(2.0 * rate, permits + Math.max(0, elapsed) * rate);
        permitsAt = now;
        if (permits < 1) return false;
        permits--;
        return true;
    }

    private void handle(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Authenticate(var token) -> authenticate(token);
            case ClientFrame.Ping _ -> send(new ServerFrame.Pong());
            case ClientFrame _
            when identity.isEmpty() -> close(CloseCode.UNAUTHENTICATED, "Send an authenticate frame first.");
            case ClientFrame.Subscribe(var channel, var after, var since) -> subscribe(channel, after, since);
            case ClientFrame.Unsubscribe(var channel) -> unsubscribe(channel);
            case ClientFrame.Typing(var channel) -> inRoom(channel).ifPresent(this::typing);
            case ClientFrame.Read(var channel, var number) ->
                inRoom(channel)
                        .ifPresent(it ->
                                server.publish(it.channel(), new ServerFrame.Read(channel, caller().id(), number)));
            case ClientFrame.Present(var state) -> present(state);
        }
    }

    private Caller caller() {
        return identity.map(Identity::caller).orElse(NOBODY);
    }

    private void authenticate(String token) {
        try {
            authenticated(server.identities().identify(token));
        } catch (Problem problem) {
            close(problem.status() == 503 ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED, detail(problem));
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
        } else if (isFirst && !server.admit(this, shown.caller().id())) {
            close(CloseCode.TOO_MANY, "The account has too many live connections.");
        } else {
            identity = Optional.of(shown);
            if (isFirst) server.presence().connected(this, shown.caller());
            send(new ServerFrame.Authenticated(shown.caller().id(), shown.expires()));
        }
    }

    // Subscriptions.

    void subscribe(String name, Optional<Long> after, Optional<String> since) {
        var channel = Channel.parse(name, caller().id());
        if (channel.isEmpty()) {
            fail(name, "not-found", "No such channel.");
        } else if (after.isPresent() && since.isEmpty()) {
            fail(name, "epoch-required", "Send the epoch that the offset belongs to.");
        } else if (subscriptions.containsKey(name)) {
            fail(name, "already-subscribed", "The connection is already subscribed to this channel.");
        } else if (subscriptions.size() >= server.settings().maxSubscriptions()) {
            fail(
                    name,
                    "too-many-subscriptions",
                    "A connection can have " + server.settings().maxSubscriptions() + " subscriptions.");
        } else {
            subscribe(channel.get(), after, since);
        }
    }

    private void fail(String channel, String code, String detail) {
        send(new ServerFrame.Failed(code, detail, Optional.of(channel)));
    }

    private record Opening(ChannelAccess.Grant grant, Head head) {}

    private void subscribe(Channel channel, Optional<Long> after, Optional<String> since) {
        var subscription = new Subscription(this, channel);
        subscriptions.put(channel.name(), subscription);
        server.metrics().subscribed();
        var offset = after.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var _ = server.access()
                .check(channel, caller())
                .thenCompose(grant -> server.events().head(channel, offset).thenApply(head -> new Opening(grant, head)))
                .whenComplete((opening, failure) -> run(() -> opened(subscription, opening, failure, after, since)));
    }

    private void opened(
            Subscription subscription,
            @Nullable Opening opening,
            @Nullable Throwable failure,
            Optional<Long> after,
            Optional<String> since) {
        if (subscription.phase() == Subscription.Phase.ENDED) return;
        var name = subscription.channel().name();
        if (opening == null) {
            subscriptions.remove(name);
            leave(subscription);
            var problem = ErrorMapping.problem(
                    failure == null ? new IllegalStateException("no result") : failure, "subscribe " + name);
            fail(name, problem.code(), detail(problem));
            return;
        }
        var head = opening.head();
        epoch = head.epoch();
        boolean isSameEpoch = since.isEmpty() || since.get().equals(head.epoch());
        boolean resumes = after.isPresent() && isSameEpoch && head.isComplete();
        long position = resumes ? after.get() : head.recent();
        subscription.open(opening.grant(), position);
        if (after.isEmpty() || resumes) {
            send(new ServerFrame.Subscribed(name, head.epoch(), position));
        } else {
            server.metrics().resynced();
            var code = isSameEpoch ? "too-far-behind" : "other-epoch";
            var gets = EventFrames.gets(subscription.channel());
            send(new ServerFrame.Resync(name, head.epoch(), position, code, gets));
        }
        server.feeds().add(subscription.channel(), subscription, head.last());
        server.presence().watch(subscription, caller().id(), opening.grant().members());
        subscription.startCatchingUp();
    }

    private void unsubscribe(String name) {
        endSubscription(name, "requested", "The subscription has ended.");
    }

    /** Ends a subscription and tells the client why. */
    void endSubscription(String name, String code, String detail) {
        var subscription = subscriptions.remove(name);
        if (subscription == null) {
            fail(name, "not-subscribed", "The connection is not subscribed to this channel.");
            return;
        }
        leave(subscription);
        send(new ServerFrame.Unsubscribed(name, code, detail));
        if (isStream && subscriptions.isEmpty()) close(CloseCode.NORMAL, detail);
    }

    /**
     * Lets a subscription read the events that it has missed. One of them reads at a time, and only while the client
     * keeps up.
     */
    void catchUp(Subscription subscription) {
        catchUps.add(subscription);
        pump();
    }

    /** Whether the client keeps up with what is sent. */
    boolean hasRoom() {
        return client.hasRoom();
    }

    /** Everything that was queued for the client was sent. */
    void drained() {
        run(() -> {
            keptUpAt = server.now();
            pump();
        });
    }

    private void pump() {
        while (!isClosed && !isReading && !catchUps.isEmpty() && client.hasRoom()) {
            var subscription = catchUps.getFirst();
            var next = subscription.nextOfBacklog();
            if (next.isPresent()) {
                deliver(subscription, next.get());
            } else if (subscription.hasCaughtUp()) {
                catchUps.removeFirst();
                subscription.stopCatchingUp();
            } else {
                read(subscription);
            }
        }
    }

    private void read(Subscription subscription) {
        isReading = true;
        var _ = server.events()
                .read(subscription.channel(), subscription.position())
                .whenComplete((events, failure) -> run(() -> {
                    isReading = false;
                    if (events == null) {
                        close(CloseCode.UNAVAILABLE, "Events cannot be read at the moment. Connect again and resume.");
                        return;
                    }
                    subscription.read(events);
                    pump();
                }));
    }

    /** Sends the next event of a subscription. */
    void deliver(Subscription subscription, EventFrames.Written event) {
        if (subscription.phase() == Subscription.Phase.ENDED) return;
        if (!server.access().isGranted(subscription.channel(), event.change(), caller())) {
            endSubscription(subscription.channel().name(), "no-access", "You can no longer read this.");
            return;
        }
        subscription.delivered(event.offset());
        event.json(caller().id()).ifPresent(json -> send(json, isStream ? cursor() : ""));
    }

    private String cursor() {
        var offsets = new TreeMap<String, Long>();
        for (var it : subscriptions.values())
            if (it.phase() == Subscription.Phase.OPEN) offsets.put(it.channel().name(), it.position());
        return new EventStreams.Cursor(epoch, offsets).text();
    }

    void send(ServerFrame frame) {
        send(EventFrames.write(frame), "");
    }

    synchronized void send(String json, String cursor) {
        if (isClosed) return;
        if (client.send(json, cursor)) server.metrics().sent();
        else slow();
    }

    private void slow() {
        close(CloseCode.SLOW, "The client does not read fast enough. Connect again and resume.");
    }

    // What is not stored.

    private Optional<Subscription> inRoom(String name) {
        var subscription = Optional.ofNullable(subscriptions.get(name))
                .filter(it ->
                        it.phase() == Subscription.Phase.OPEN && it.channel().kind() == Channel.Kind.ROOM);
        if (subscription.isEmpty()) fail(name, "not-subscribed", "Subscribe to the room first.");
        return subscription;
    }

    private void typing(Subscription room) {
        var now = server.now();
        if (typedAt.isAfter(now.minus(LiveServer.TYPING_INTERVAL))) return;
        typedAt = now;
        server.publish(room.channel(), new ServerFrame.Typing(room.channel().name(), caller().id()));
    }

    private void present(Presence.State state) {
        if (state == Presence.State.OFFLINE) {
            send(new ServerFrame.Failed(
                    "invalid", "state must be ONLINE or AWAY. To go offline, close the connection.", Optional.empty()));
            return;
        }
        if (state == presence) return;
        presence = state;
        server.presence().changed(caller());
    }

    // What ends a session.

    /**
     * Ends the connection if the client is no longer allowed to have it, and sends a ping to a client that sends
     * nothing.
     */
    synchronized void check(Instant now) {
        if (isClosed) return;
        var settings = server.settings();
        if (client.isDrained()) keptUpAt = now;
        if (keptUpAt.plus(settings.slowTimeout()).isBefore(now)) slow();
        else if (identity.isEmpty()
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
            close(problem.status() == 503 ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED, detail(problem));
        }
        if (isClosed) return;
        for (var it : subscriptions.values())
            if (it.phase() == Subscription.Phase.OPEN && it.grant().isDoubtful().getAsBoolean()) checkAgain(it);
    }

    private void checkAgain(Subscription subscription) {
        subscription.granted(ChannelAccess.Grant.CERTAIN);
        var _ = server.access()
                .check(subscription.channel(), caller())
                .whenComplete((grant, _) -> run(() -> {
                    if (subscription.phase() == Subscription.Phase.ENDED) return;
                    if (grant != null) subscription.granted(grant);
                    else endSubscription(subscription.channel().name(), "no-access", "You can no longer read this.");
                }));
    }
}
