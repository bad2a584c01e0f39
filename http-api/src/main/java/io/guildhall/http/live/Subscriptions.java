package io.guildhall.http.live;

import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.ErrorMapping;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveEvents.Head;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The channels to which a connection is subscribed. Guarded by its connection. */
final class Subscriptions {
    static final String NO_SUCH_CHANNEL = "No such channel. Channels are " + Channel.FORMS + ".";

    private final LiveConnection connection;
    private final LiveServer server;
    private final FrameSender frames;
    private final Map<String, Subscription> byName = new LinkedHashMap<>();
    private String epoch = "";
    /** The channels of a stream of server-sent events, in the order of the request. */
    private List<String> streamed = List.of();
    /** How many of them were not requested yet. */
    private int unrequested;
    /** Where to resume its channels that are not open yet, or have ended. */
    private final Map<String, Long> otherPositions = new HashMap<>();

    Subscriptions(LiveConnection connection, LiveServer server, FrameSender frames) {
        this.connection = connection;
        this.server = server;
        this.frames = frames;
    }

    /** Subscribes to the channels of a stream of server-sent events, from a cursor on. */
    void subscribeAll(List<String> names, Optional<EventStreams.Cursor> cursor) {
        streamed = List.copyOf(names);
        cursor.ifPresent(it -> otherPositions.putAll(it.offsets()));
        unrequested = names.size();
        for (var name : names) {
            unrequested--;
            var after = cursor.flatMap(it -> Optional.ofNullable(it.offsets().get(name)));
            subscribe(name, after, after.flatMap(_ -> cursor.map(EventStreams.Cursor::epoch)));
        }
    }

    void subscribe(String name, Optional<Long> after, Optional<String> since) {
        int max = server.settings().maxSubscriptions();
        var channel = Channel.parse(name, connection.caller().id());
        if (channel.isEmpty()) {
            frames.fail(name, "not-found", NO_SUCH_CHANNEL);
        } else if (after.isPresent() && since.isEmpty()) {
            frames.fail(name, "epoch-required", "Send the epoch that the offset belongs to.");
        } else if (byName.containsKey(name)) {
            frames.fail(name, "already-subscribed", "The connection is already subscribed to this channel.");
        } else if (byName.size() >= max) {
            frames.fail(name, "too-many-subscriptions", "A connection can have " + max + " subscriptions.");
        } else {
            subscribe(channel.get(), after, since);
        }
    }

    private record Opening(ChannelAccess.Grant grant, Head head) {}

    private void subscribe(Channel channel, Optional<Long> after, Optional<String> since) {
        var subscription = new Subscription(connection, channel);
        byName.put(channel.name(), subscription);
        server.metrics().subscribed();
        var offset = after.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var caller = connection.caller();
        // In this order: the access is checked after the last event of the head.
        var _ = server.events()
                .head(channel, offset)
                .thenCompose(
                        head -> server.access().check(channel, caller).thenApply(grant -> new Opening(grant, head)))
                .whenComplete((opening, failure) ->
                        connection.run(() -> opened(subscription, opening, failure, after, since)));
    }

    private void opened(
            Subscription subscription,
            @Nullable Opening opening,
            @Nullable Throwable failure,
            Optional<Long> after,
            Optional<String> since) {
        if (subscription.phase() == Subscription.Phase.ENDED) return;
        if (opening == null) {
            refused(subscription, failure == null ? new IllegalStateException("no result") : failure);
            return;
        }
        var name = subscription.channel().name();
        var head = opening.head();
        epoch = head.epoch();
        boolean isSameEpoch = since.isEmpty() || since.get().equals(head.epoch());
        if (!isSameEpoch) otherPositions.clear();
        boolean resumes = after.isPresent() && isSameEpoch && head.isComplete();
        long position = resumes ? after.get() : head.recent();
        subscription.open(opening.grant(), position, head.last());
        if (after.isEmpty() || resumes) {
            frames.send(new ServerFrame.Subscribed(name, head.epoch(), position));
        } else {
            server.metrics().resynced();
            var gets = EventFrames.gets(subscription.channel());
            frames.send(new ServerFrame.Resync(
                    name, head.epoch(), position, whyNotResumed(isSameEpoch, after.get(), head), gets));
        }
        server.feeds().add(subscription.channel(), subscription, head.last());
        server.presence()
                .watch(subscription, connection.caller().id(), opening.grant().members());
        if (subscription.channel().kind() == Channel.Kind.ME)
            server.counters().watch(subscription, connection.caller().id());
        subscription.startCatchingUp();
    }

    private static String whyNotResumed(boolean isSameEpoch, long after, Head head) {
        if (!isSameEpoch) return "other-epoch";
        return after > head.last() ? "unknown-offset" : "too-far-behind";
    }

    private void refused(Subscription subscription, Throwable failure) {
        var name = subscription.channel().name();
        byName.remove(name);
        leave(subscription);
        var problem = ErrorMapping.problem(failure, "subscribe " + name);
        frames.fail(name, problem.code(), problem.detail());
        if (isLast()) connection.lastSubscriptionEnded(problem.detail());
    }

    void unsubscribe(String name) {
        var subscription = byName.get(name);
        if (subscription == null)
            frames.fail(name, "not-subscribed", "The connection is not subscribed to this channel.");
        else end(subscription, "requested", "The subscription has ended.");
    }

    /** Ends a subscription because the client can no longer read its channel. */
    void endWithoutAccess(Subscription subscription) {
        end(subscription, "no-access", "You can no longer read this.");
    }

    private void end(Subscription subscription, String code, String detail) {
        var name = subscription.channel().name();
        byName.remove(name);
        if (subscription.phase() == Subscription.Phase.OPEN) otherPositions.put(name, subscription.position());
        leave(subscription);
        frames.send(new ServerFrame.Unsubscribed(name, code, detail));
        if (isLast()) connection.lastSubscriptionEnded(detail);
    }

    /** A subscription can end while the others of a stream were not requested yet. */
    private boolean isLast() {
        return byName.isEmpty() && unrequested == 0;
    }

    private void leave(Subscription subscription) {
        subscription.end();
        server.feeds().remove(subscription.channel(), subscription);
        server.presence().stopWatching(subscription);
        server.counters().stopWatching(subscription);
        server.metrics().unsubscribed();
    }

    /** Ends all subscriptions without notifying the client. */
    void endAll() {
        for (var it : byName.values()) leave(it);
        byName.clear();
    }

    /** Returns the open subscription to a room; otherwise sends the client an error. */
    Optional<Subscription> inRoom(String name) {
        var subscription = Optional.ofNullable(byName.get(name))
                .filter(it ->
                        it.phase() == Subscription.Phase.OPEN && it.channel().kind() == Channel.Kind.ROOM);
        if (subscription.isEmpty()) frames.fail(name, "not-subscribed", "Subscribe to the room first.");
        return subscription;
    }

    /** Where to resume all subscriptions. */
    String cursor() {
        var offsets = new HashMap<>(otherPositions);
        for (var it : byName.values())
            if (it.phase() == Subscription.Phase.OPEN) offsets.put(it.channel().name(), it.position());
        return new EventStreams.Cursor(epoch, offsets).text(streamed);
    }

    /** Checks again whether the caller can read the channels for which it is doubtful. */
    void checkDoubtful(Caller caller) {
        for (var it : List.copyOf(byName.values()))
            if (it.phase() == Subscription.Phase.OPEN && it.grant().isDoubtful().getAsBoolean()) checkAgain(it, caller);
    }

    /** Checks again whether the members of rooms see each other's presence. */
    void checkRooms(Caller caller) {
        for (var it : List.copyOf(byName.values())) {
            if (it.phase() != Subscription.Phase.OPEN || it.channel().kind() != Channel.Kind.ROOM) continue;
            var _ = server.access()
                    .check(it.channel(), caller)
                    .whenComplete((grant, failure) -> connection.run(() -> {
                        if (it.phase() != Subscription.Phase.OPEN) return;
                        if (grant != null) server.presence().watchAgain(it, caller.id(), grant);
                        else endAfterFailedCheck(it, failure);
                    }));
        }
    }

    private void checkAgain(Subscription subscription, Caller caller) {
        subscription.granted(ChannelAccess.Grant.CERTAIN);
        var _ = server.access()
                .check(subscription.channel(), caller)
                .whenComplete((grant, failure) -> connection.run(() -> {
                    if (subscription.phase() == Subscription.Phase.ENDED) return;
                    if (grant != null) subscription.granted(grant);
                    else endAfterFailedCheck(subscription, failure);
                }));
    }

    /** Whether the client cannot read the channel. Any other failure says nothing about its access. */
    static boolean isRefused(Throwable failure, Channel channel) {
        return ErrorMapping.problem(failure, "check " + channel.name()).status() < 500;
    }

    /** Nothing more is sent, whatever the failure: the client can have lost its access. */
    private void endAfterFailedCheck(Subscription subscription, @Nullable Throwable failure) {
        var cause = failure == null ? new IllegalStateException("no result") : failure;
        if (isRefused(cause, subscription.channel())) endWithoutAccess(subscription);
        else end(subscription, "unavailable", "Your access could not be checked. Subscribe again.");
    }
}
