package io.guildhall.http.route.room;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import java.time.Instant;
import java.util.Optional;

/**
 * A room in the list of one of its members.
 *
 * @param other the member who is not the reader
 */
public record ListedRoomResource(
        String id,
        RoomKind kind,
        Optional<String> contractId,
        Optional<String> title,
        UserResource other,
        Optional<LastMessage> lastMessage,
        long unread,
        Instant activeAt) {

    public record LastMessage(
            long number, Optional<UserResource> author, String excerpt, Instant sentAt, Optional<Instant> deletedAt) {
        private static final int MAX_LENGTH = 200;

        private static LastMessage fromRow(MessageRow row) {
            return new LastMessage(
                    row.number(), row.authorId().map(UserResource::of), excerpt(row), row.at(), row.deletedAt());
        }

        private static String excerpt(MessageRow row) {
            return row.text().isBlank()
                    ? row.attachments().stream()
                            .findFirst()
                            .map(Attachment::name)
                            .orElse("")
                    : beginning(row.text());
        }

        private static String beginning(String text) {
            return text.codePointCount(0, text.length()) <= MAX_LENGTH
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) + "…";
        }
    }

    public static ListedRoomResource from(RoomListing room) {
        return new ListedRoomResource(
                room.roomId(),
                room.kind(),
                room.contractId(),
                room.title(),
                UserResource.of(room.otherId()),
                room.lastMessage().map(LastMessage::fromRow),
                room.unread(),
                room.activeAt());
    }
}
