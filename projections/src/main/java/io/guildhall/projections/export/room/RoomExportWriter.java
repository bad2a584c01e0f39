package io.guildhall.projections.export.room;

import io.guildhall.projections.export.ExportWriter;
import io.guildhall.projections.export.StoredFiles;
import io.guildhall.projections.store.ExportTable.Claim;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.sql.SQLException;

/** Writes exports of rooms. Their items are messages. */
public final class RoomExportWriter implements ExportWriter {
    private final RoomSource source;
    private final StoredFiles files;
    private final String site;

    /** @param publicUrl the base of links to the site */
    public RoomExportWriter(RoomSource source, StoredFiles files, URI publicUrl) {
        this.source = source;
        this.files = files;
        this.site = publicUrl.toString().replaceAll("/$", "");
    }

    /** The messages of the room when the export was requested. */
    @Override
    public long count(Claim claim) {
        return claim.total();
    }

    @Override
    public String write(Claim claim, OutputStream output, Progress progress) throws IOException, SQLException {
        var room = source.room(claim.roomId().orElseThrow(), claim.accountId());
        new RoomArchive(source, files, site, progress).write(room, claim.total(), claim.requestedAt(), output);
        return RoomArchive.name(room, claim.requestedAt());
    }
}
