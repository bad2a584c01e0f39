package io.guildhall.http.route.room;

import io.guildhall.domain.room.Attachment;
import io.guildhall.port.RoomFiles.RoomFile;

/**
 * A file in a room.
 *
 * @param path of the resource that returns a link to it
 */
public record AttachmentResource(String id, String name, String mediaType, long bytes, String path) {
    static AttachmentResource of(String roomId, Attachment file) {
        return new AttachmentResource(
                file.fileId(),
                file.name(),
                file.mediaType(),
                file.bytes(),
                RoomFileEndpoints.path(roomId, file.fileId()));
    }

    static Attachment attachment(RoomFile file) {
        return new Attachment(file.id(), file.name(), file.type().mediaType(), file.bytes());
    }
}
