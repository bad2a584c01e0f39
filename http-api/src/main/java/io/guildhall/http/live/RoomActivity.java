package io.guildhall.http.live;

import io.guildhall.http.endpoint.ErrorMapping;
import io.guildhall.port.Presence;
import java.time.Instant;
import java.util.Optional;

/** The activity of a user: what other members of rooms see, and what the user has read. Guarded by its connection. */
final class RoomActivity {
    private final LiveConnection connection;
    private final LiveServer server;
    private final FrameSender frames;
    /** Read by threads that have locked another connection. */
    private volatile Presence.State presence = Presence.State.ONLINE;

    private Instant typedAt = Instant.MIN;

    RoomActivity(LiveConnection connection, LiveServer server, FrameSender frames) {
        this.connection = connection;
        this.server = server;
        this.frames = frames;
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
                new ServerFrame.Typing(
                        room.channel().name(), connection.caller().id()));
    }

    void read(Subscription room, long number) {
        var channel = room.channel();
        var _ = server.readMarks()
                .markRead(channel.id(), connection.caller().id(), number)
                .exceptionally(failure -> {
                    var problem = ErrorMapping.problem(failure, "read " + channel.name());
                    connection.run(() -> frames.fail(channel.name(), problem.code(), problem.detail()));
                    return null;
                });
    }

    void readNotifications(Optional<String> id, Optional<String> through) {
        var marks = server.notificationMarks();
        var accountId = connection.caller().id();
        var _ = id.map(it -> marks.markRead(accountId, it, through))
                .orElseGet(() -> marks.markAllRead(accountId, through))
                .exceptionally(failure -> {
                    var problem = ErrorMapping.problem(failure, "read-notifications");
                    connection.run(() -> frames.fail(problem));
                    return null;
                });
    }

    void present(ClientFrame.Activity reported) {
        var state = switch (reported) {
            case ONLINE -> Presence.State.ONLINE;
            case AWAY -> Presence.State.AWAY;
        };
        if (state == presence) return;
        presence = state;
        server.presence().changed(connection.caller());
    }
}
