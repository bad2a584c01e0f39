package io.guildhall.domain.room;

import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.RemoveMember;
import io.guildhall.domain.room.RoomCommand.RestoreMember;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @param removedIds the members whom an admin has removed
     */
    record Open(
            String contractId,
            String title,
            String clientId,
            String freelancerId,
            long messageCount,
            List<String> recentMessageIds,
            Set<String> removedIds)
            implements Room {
        private static final int MAX_RECENT = 32;

        private boolean isParty(String accountId) {
            return clientId.equals(accountId) || freelancerId.equals(accountId);
        }

        private boolean hasMember(String accountId) {
            return isParty(accountId) && !removedIds.contains(accountId);
        }

        private Open withRemoved(Set<String> ids) {
            return new Open(contractId, title, clientId, freelancerId, messageCount, recentMessageIds, Set.copyOf(ids));
        }

        private Open without(String accountId) {
            var ids = new HashSet<>(removedIds);
            ids.add(accountId);
            return withRemoved(ids);
        }

        private Open withRestored(String accountId) {
            var ids = new HashSet<>(removedIds);
            ids.remove(accountId);
            return withRemoved(ids);
        }

        private Open withMessage(MessagePosted event) {
            var recent = Stream.concat(
                            recentMessageIds.stream().skip(Math.max(0, recentMessageIds.size() + 1 - MAX_RECENT)),
                            Stream.of(event.messageId()))
                    .toList();
            return new Open(contractId, title, clientId, freelancerId, event.number(), recent, removedIds);
        }
    }

    /** The accounts that can read it. */
    default Set<String> members() {
        return switch (this) {
            case NotCreated _ -> Set.of();
            case Open room ->
                Stream.of(room.clientId, room.freelancerId)
                        .filter(room::hasMember)
                        .collect(Collectors.toUnmodifiableSet());
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
                    case PostMessage _, RemoveMember _, RestoreMember _ -> reject(NOT_OPENED);
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
                    case RemoveMember removal when !room.isParty(removal.accountId()) -> reject(NOT_A_MEMBER);
                    case RemoveMember removal when !room.hasMember(removal.accountId()) -> accept();
                    case RemoveMember removal ->
                        accept(new MemberRemoved(removal.accountId(), removal.by(), removal.reason(), now));
                    case RestoreMember restore when !room.isParty(restore.accountId()) -> reject(NOT_A_MEMBER);
                    case RestoreMember restore when room.hasMember(restore.accountId()) -> accept();
                    case RestoreMember restore -> accept(new MemberRestored(restore.accountId(), restore.by(), now));
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
                                List.of(),
                                Set.of());
                    case MessagePosted _, MemberRemoved _, MemberRestored _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Open room ->
                switch (event) {
                    case MessagePosted messagePosted -> room.withMessage(messagePosted);
                    case MemberRemoved removed -> room.without(removed.accountId());
                    case MemberRestored restored -> room.withRestored(restored.accountId());
                    case Opened _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
