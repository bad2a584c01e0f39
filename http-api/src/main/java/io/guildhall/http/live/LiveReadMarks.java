package io.guildhall.http.live;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.room.ReadMarkUpdates;
import io.guildhall.http.route.room.VisibleMembers;
import io.guildhall.port.NotificationMarks;
import io.guildhall.port.ReadMarks;
import io.guildhall.projections.readmodel.live.Channel;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Stores read marks, and shows those that have moved to the other member of the room, while no member blocks the other. */
final class LiveReadMarks implements ReadMarkUpdates {
    private final AggregateReader<Room> rooms;
    private final VisibleMembers visibleMembers;
    private final ReadMarks marks;
    private final NotificationMarks notifications;
    private final ChangeSignal changes;
    private final BiConsumer<Channel, ServerFrame.Ephemeral> publish;

    /** @param publish shows a frame to the other subscribers of a channel */
    LiveReadMarks(
            Entities entities,
            ReadMarks marks,
            NotificationMarks notifications,
            ChangeSignal changes,
            BiConsumer<Channel, ServerFrame.Ephemeral> publish) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.visibleMembers = new VisibleMembers(entities);
        this.marks = marks;
        this.notifications = notifications;
        this.changes = changes;
        this.publish = publish;
    }

    @Override
    public CompletionStage<Void> markRead(String roomId, String accountId, long number) {
        return rooms.read(roomId, it -> it.isVisibleTo(accountId)).thenCompose(room -> {
            if (number > messageCount(room))
                throw new Problem(422, "no-such-message", "The room has no message with this number.");
            return marks.move(roomId, accountId, number)
                    .thenCompose(hasMoved -> hasMoved ? moved(room, roomId, accountId, number) : completedFuture(null));
        });
    }

    private CompletionStage<Void> moved(Room room, String roomId, String accountId, long number) {
        return notifications
                .markRoomRead(accountId, roomId, number)
                .thenCompose(_ -> visibleMembers.of(room, accountId))
                .thenAccept(members -> announce(roomId, accountId, number, members.size() > 1));
    }

    private static long messageCount(Room room) {
        return room.findContent().orElseThrow(AggregateApi::notFound).messageCount();
    }

    private void announce(String roomId, String accountId, long number, boolean isVisible) {
        var channel = Channel.of(Channel.Kind.ROOM, roomId);
        if (isVisible) publish.accept(channel, new ServerFrame.Read(channel.name(), accountId, number));
        changes.publish(List.of(new LiveSignal(LiveSignal.Kind.COUNTERS, accountId).key()));
    }
}
