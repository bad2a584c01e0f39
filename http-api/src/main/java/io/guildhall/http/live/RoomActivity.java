package io.guildhall.http.live;

import io.guildhall.http.endpoint.ErrorMapping;
import io.guildhall.port.Presence;
import java.time.Instant;
import java.util.Optional;

/** The activity of a user: what other members of rooms see, and what the user has read. Guarded by its session. */
final class RoomActivity {
    private final LiveSession session;
    private final LiveServer server;
    private final Delivery delivery;
    /** Read by threads that have locked another session. */
    private volatile Presence.State presence = Presence.State.ONLINE;

    private Instant typedAt = Instant.MIN;

    RoomActivity(LiveSession session, LiveServer server, Delivery delivery) {
        this.session = session;
        this.server = server;
        this.delivery = delivery;
    }

    Presence.State presence() {
        return presence;
    }

    void typing(Subscription room) {
        // One of the members blocks the other, or an admin has removed the other one.
        if (room.grant().members().size() < 2) return;
        var now = server.now();
        if (typedAt.isAfter(now.minus(LiveServer.TYPING_INTERVAL))) return;
        typedAt = now;
        server.publish(
                room.channel(),
                new ServerFrame.Typing(room.channel().name(), session.caller().id()));
    }

    void read(Subscription room, long number) {
        var channel = room.channel();
        var _ = server.reading()
                .markRead(channel.id(), session.caller().id(), number)
                .exceptionally(failure -> {
                    var problem = ErrorMapping.problem(failure, "read " + channel.name());
                    session.run(() -> delivery.fail(channel.name(), problem.code(), problem.detail()));
                    return null;
                });
    }

    void readNotifications(Optional<String> id, Optional<String> through) {
        var marking = server.notifications();
        var accountId = session.caller().id();
        var _ = id.map(it -> marking.markRead(accountId, it, through))
                .orElseGet(() -> marking.markAllRead(accountId, through))
                .exceptionally(failure -> {
                    var problem = ErrorMapping.problem(failure, "read-notifications");
                    session.run(() ->
                            delivery.send(new ServerFrame.Failed(problem.code(), problem.detail(), Optional.empty())));
                    return null;
                });
    }

    void present(Presence.State state) {
        if (state == Presence.State.OFFLINE) {
            delivery.send(new ServerFrame.Failed(
                    "invalid", "state must be ONLINE or AWAY. To go offline, close the connection.", Optional.empty()));
            return;
        }
        if (state == presence) return;
        presence = state;
        server.presence().changed(session.caller());
    }
}
