package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.room.RoomKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A room in the list of a member.
 *
 * @param contractId of a contract's room
 * @param title of a contract's room
 * @param otherId the account of the other member
 * @param lastMessage empty if the room has none
 * @param unread the number of messages by the other member after the reader's mark, without deleted ones, at most {@link Counters#MAX_OF_ROOM}
 * @param activeAt when the last message was sent; before the first one, when the room was opened
 */
public record RoomListing(
        String roomId,
        RoomKind kind,
        Optional<String> contractId,
        Optional<String> title,
        String otherId,
        Optional<MessageRow> lastMessage,
        long unread,
        Instant activeAt) {}
