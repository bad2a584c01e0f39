package io.guildhall.domain.room;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of a room, stored permanently: add new ones, never change existing ones. */
public sealed interface RoomEvent extends Journalled {
    Instant at();

    @JournalName("room.opened")
    record Opened(String contractId, String title, String clientId, String freelancerId, Instant at)
            implements RoomEvent {}

    /** @param number of the message in its room, from 1 without gaps */
    @JournalName("room.said")
    record MessagePosted(String messageId, long number, String by, String text, Instant at) implements RoomEvent {}

    /** The members can only read the room from now on. */
    @JournalName("room.made-read-only")
    record MadeReadOnly(Instant at) implements RoomEvent {}

    /** @param by the account id of the admin who has removed the member */
    @JournalName("room.member-removed")
    record MemberRemoved(String accountId, String by, String reason, Instant at) implements RoomEvent {}

    /** @param by the account id of the admin who has restored the member's access */
    @JournalName("room.member-restored")
    record MemberRestored(String accountId, String by, Instant at) implements RoomEvent {}

    /** Two accounts have a conversation without a contract. */
    @JournalName("room.conversation-opened")
    record ConversationOpened(String by, String otherId, Instant at) implements RoomEvent {}

    /** An account blocks the other one of a conversation, or does so no longer. */
    sealed interface BlockEvent extends RoomEvent {
        String by();

        String otherId();

        /** The accounts that block the other one, after this event. */
        Set<String> after(Set<String> blockedBy);
    }

    @JournalName("room.blocked")
    record Blocked(String by, String otherId, Instant at) implements BlockEvent {
        @Override
        public Set<String> after(Set<String> blockedBy) {
            return Stream.concat(blockedBy.stream(), Stream.of(by)).collect(Collectors.toUnmodifiableSet());
        }
    }

    @JournalName("room.unblocked")
    record Unblocked(String by, String otherId, Instant at) implements BlockEvent {
        @Override
        public Set<String> after(Set<String> blockedBy) {
            return blockedBy.stream().filter(it -> !it.equals(by)).collect(Collectors.toUnmodifiableSet());
        }
    }
}
