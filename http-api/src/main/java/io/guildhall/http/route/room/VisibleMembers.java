package io.guildhall.http.route.room;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.http.route.AggregateReader;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The members of a room who see each other's presence, typing and read marks. */
public final class VisibleMembers {
    private final AggregateReader<Room> rooms;

    public VisibleMembers(Entities entities) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
    }

    /** Returns no members while one of them blocks the other. The conversation of the two has the blocks. */
    public CompletionStage<Set<String>> of(Room room, String accountId) {
        var content = room.findContent();
        if (content.isEmpty()) return completedFuture(Set.of());
        var subject = content.get().subject();
        var conversation = Room.conversationId(accountId, subject.otherThan(accountId));
        var pair = subject.kind() == RoomKind.CONVERSATION
                ? completedFuture(room)
                : rooms.read(conversation).toCompletableFuture();
        return pair.thenApply(it -> it.blockedBy().isEmpty() ? room.members() : Set.of());
    }
}
