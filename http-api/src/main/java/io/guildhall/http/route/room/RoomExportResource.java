package io.guildhall.http.route.room;

import io.guildhall.projections.readmodel.room.RoomExport;
import java.time.Instant;
import java.util.Optional;

/** An export of a room, with its progress. */
public record RoomExportResource(
        String id,
        String roomId,
        RoomExport.State state,
        long messagesDone,
        long messagesTotal,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        Optional<ArchiveResource> archive) {
    /** The ZIP file of a finished export. */
    public record ArchiveResource(String name, long bytes, String path, Instant expiresAt) {}

    static RoomExportResource from(RoomExport export) {
        return new RoomExportResource(
                export.id(),
                export.roomId(),
                export.state(),
                export.messagesDone(),
                export.messagesTotal(),
                export.requestedAt(),
                export.finishedAt(),
                export.archive()
                        .map(it -> new ArchiveResource(
                                it.name(),
                                it.bytes(),
                                RoomFileEndpoints.path(export.roomId(), it.fileId()),
                                it.expiresAt())));
    }
}
