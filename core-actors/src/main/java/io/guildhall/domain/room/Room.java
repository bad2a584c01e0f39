package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The workspace of a contract. The texts of messages are in the journal and the read model, not in this state. */
public sealed interface Room extends Journalled {
    Aggregate<Room, RoomCommand, RoomEvent, RoomRejection> AGGREGATE = new Aggregate<>(
            "room",
            Room.class,
            RoomCommand.class,
            RoomEvent.class,
            RoomRejection.class,
            new NotCreated(),
            Room::decide,
            Room::evolve);

    static String id(String contractId) {
        return "rm_" + Ids.body(contractId);
    }

    record NotCreated() implements Room {}

    /**
     * @param messageCount number of messages
     * @param recentMessageIds ids of the last {@value #MAX_RECENT} messages, oldest first; they identify a message that
     *     is sent again
     */
    record Open(
            String contractId,
            String title,
            String clientId,
            String freelancerId,
            long messageCount,
            List<String> recentMessageIds)
            implements Room {
        private static final int MAX_RECENT = 32;

        private boolean hasMember(String accountId) {
            return clientId.equals(accountId) || freelancerId.equals(accountId);
        }

        private Open withMessage(MessagePosted event) {
            var recent = Stream.concat(
                            recentMessageIds.stream().skip(Math.max(0, recentMessageIds.size() + 1 - MAX_RECENT)),
                            Stream.of(event.messageId()))
                    .toList();
            return new Open(contractId, title, clientId, freelancerId, event.number(), recent);
        }
    }

    /** The accounts that can read it. */
    default Set<String> members() {
        return switch (this) {
            case NotCreated _ -> Set.of();
            case Open room -> Set.of(room.clientId, room.freelancerId);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return switch (this) {
            case NotCreated _ -> false;
            case Open room -> room.hasMember(accountId);
        };
    }

    default Decision<RoomEvent, RoomRejection> decide(RoomCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case RoomCommand.Open open ->
                        accept(new Opened(open.contractId(), open.title(), open.clientId(), open.freelancerId(), now));
                    case PostMessage _ -> reject(NOT_OPENED);
                };
            case Open room ->
                switch (command) {
                    case RoomCommand.Open open ->
                        open.contractId().equals(room.contractId) ? accept() : reject(EXISTS_WITH_OTHER_TERMS);
                    case PostMessage postMessage when !room.hasMember(postMessage.by()) -> reject(NOT_YOURS);
                    case PostMessage postMessage when postMessage.text().isBlank() -> reject(EMPTY_MESSAGE);
                    case PostMessage postMessage
                    when room.recentMessageIds.contains(postMessage.messageId()) -> accept();
                    case PostMessage postMessage ->
                        accept(new MessagePosted(
                                postMessage.messageId(),
                                room.messageCount + 1,
                                postMessage.by(),
                                postMessage.text(),
                                now));
                };
        };
    }

    default Room evolve(RoomEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Opened opened ->
                        new Open(
                                opened.contractId(),
                                opened.title(),
                                opened.clientId(),
                                opened.freelancerId(),
                                0,
                                List.of());
                    case MessagePosted _ -> throw new CorruptJournalException(this, event);
                };
            case Open room ->
                switch (event) {
                    case MessagePosted messagePosted -> room.withMessage(messagePosted);
                    case Opened _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
