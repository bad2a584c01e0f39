package io.guildhall.http.route.room;

import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.http.route.file.FileResource;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomListing;
import java.time.Instant;
import java.util.Optional;

/** A room in the list of one of its members. */
public record ListedRoomResource(
        String id,
        RoomKind kind,
        Optional<String> contractId,
        Optional<String> title,
        OtherMember other,
        Optional<LastMessage> lastMessage,
        long unread,
        Instant activeAt) {

    /** The member of the room who is not the reader. */
    public record OtherMember(String accountId, String name, Optional<String> handle, Optional<FileResource> picture) {
        private static OtherMember from(RoomListing.Member member, FileStore files) {
            return new OtherMember(
                    member.accountId(),
                    member.name(),
                    member.handle(),
                    member.picture().flatMap(FileKey::parse).map(it -> FileResource.of(it, files)));
        }
    }

    public record LastMessage(
            long number, Optional<String> authorId, String excerpt, Instant sentAt, Optional<Instant> deletedAt) {
        private static final int MAX_LENGTH = 200;

        private static LastMessage fromRow(MessageRow row) {
            return new LastMessage(row.number(), row.authorId(), excerpt(row), row.at(), row.deletedAt());
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

    public static ListedRoomResource from(RoomListing room, FileStore files) {
        return new ListedRoomResource(
                room.roomId(),
                room.kind(),
                room.contractId(),
                room.title(),
                OtherMember.from(room.other(), files),
                room.lastMessage().map(LastMessage::fromRow),
                room.unread(),
                room.activeAt());
    }
}
