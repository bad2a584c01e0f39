package io.guildhall.domain.room;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of a room, stored permanently: add new ones, never change existing ones. */
public sealed interface RoomEvent extends Journalled {
    Instant at();

    @JournalName("room.opened")
    record Opened(String contractId, String title, String clientId, String freelancerId, Instant at)
            implements RoomEvent {}

    /** @param number of the message in its room, from 1 without gaps */
    @JournalName("room.said")
    record MessagePosted(String messageId, long number, String by, String text, Instant at) implements RoomEvent {}

    /** @param by the account id of the admin who has removed the member */
    @JournalName("room.member-removed")
    record MemberRemoved(String accountId, String by, String reason, Instant at) implements RoomEvent {}

    /** @param by the account id of the admin who has restored the member's access */
    @JournalName("room.member-restored")
    record MemberRestored(String accountId, String by, Instant at) implements RoomEvent {}
}
