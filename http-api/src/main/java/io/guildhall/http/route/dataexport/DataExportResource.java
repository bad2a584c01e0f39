package io.guildhall.http.route.dataexport;

import io.guildhall.projections.readmodel.dataexport.DataExport;
import io.guildhall.projections.readmodel.room.RoomExport;
import java.time.Instant;
import java.util.Optional;

/** An export of the caller's own data, with its progress. */
public record DataExportResource(
        String id,
        RoomExport.State state,
        long entriesDone,
        long entriesTotal,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        Optional<DataArchiveResource> archive) {
    /** The ZIP file of a finished export. */
    public record DataArchiveResource(String name, long bytes, Instant expiresAt) {}

    static DataExportResource from(DataExport export) {
        return new DataExportResource(
                export.id(),
                export.state(),
                export.entriesDone(),
                export.entriesTotal(),
                export.requestedAt(),
                export.finishedAt(),
                export.archive().map(it -> new DataArchiveResource(it.name(), it.bytes(), it.expiresAt())));
    }
}
