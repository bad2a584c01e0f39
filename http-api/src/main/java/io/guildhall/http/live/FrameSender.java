package io.guildhall.http.live;

import io.guildhall.http.endpoint.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends frames to the client of a live connection, at most as fast as the client reads. Subscriptions that have missed events
 * read them one after the other. Guarded by its connection.
 */
final class FrameSender {
    private final LiveConnection connection;
    private final LiveServer server;
    private final LiveConnection.Client client;
    private final Deque<Subscription> catchUps = new ArrayDeque<>();
    private boolean isReading;
    /** When everything that was queued had been sent. */
    private Instant keptUpAt;

    FrameSender(LiveConnection connection, LiveServer server, LiveConnection.Client client) {
        this.connection = connection;
        this.server = server;
        this.client = client;
        this.keptUpAt = server.now();
    }

    /** Discards the reads that have not started. */
    void end() {
        catchUps.clear();
    }

    void send(ServerFrame frame) {
        send(EventFrames.write(frame), "");
    }

    /** Refuses a frame about a channel. */
    void fail(String channel, String code, String detail) {
        send(new ServerFrame.Failed(code, detail, Optional.of(channel), List.of()));
    }

    /** Refuses a frame. */
    void fail(Problem problem) {
        send(new ServerFrame.Failed(problem.code(), problem.detail(), Optional.empty(), problem.errors()));
    }

    /** @param cursor where to resume after the frame; empty if it is not an event */
    void send(String json, String cursor) {
        if (connection.isClosed()) return;
        if (client.send(json, cursor)) server.metrics().sent();
        else slow();
    }

    private void slow() {
        connection.close(CloseCode.SLOW, "The client does not read fast enough. Connect again and resume.");
    }

    /**
     * Sends the next event of a subscription. Skips an event after which the client could not read the resource, such as
     * of a job that was a draft; ends the subscription if the client's access was not checked after that event.
     */
    void deliver(Subscription subscription, EventFrames.Written event) {
        if (subscription.phase() == Subscription.Phase.ENDED) return;
        var caller = connection.caller();
        subscription.delivered(event.offset());
        if (!server.access().isVisible(event.change(), caller)) {
            if (subscription.isAfterCheck(event.offset()))
                connection.subscriptions().endWithoutAccess(subscription);
            return;
        }
        event.json(caller.id()).ifPresent(json -> send(json, connection.cursor()));
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
    boolean hasCapacity() {
        return client.hasCapacity();
    }

    /** Everything that was queued for the client was sent. */
    void drained() {
        keptUpAt = server.now();
        pump();
    }

    /** Closes the connection if its client has not read for too long. */
    void closeIfSlow(Instant now, Duration timeout) {
        if (client.isDrained()) keptUpAt = now;
        if (keptUpAt.plus(timeout).isBefore(now)) slow();
    }

    private void pump() {
        while (!connection.isClosed() && !isReading && !catchUps.isEmpty() && client.hasCapacity()) {
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
                .thenCompose(it -> EventFrames.of(subscription.channel(), it, server.users()))
                .whenComplete((events, failure) -> connection.run(() -> {
                    isReading = false;
                    if (events == null) {
                        connection.close(
                                CloseCode.UNAVAILABLE,
                                "Events cannot be read at the moment. Connect again and resume.");
                        return;
                    }
                    subscription.read(events);
                    pump();
                }));
    }
}
