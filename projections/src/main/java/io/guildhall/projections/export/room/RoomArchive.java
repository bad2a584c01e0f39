package io.guildhall.projections.export.room;

import io.guildhall.kernel.FileName;
import io.guildhall.port.FileKey;
import io.guildhall.projections.export.ExportWriter.Progress;
import io.guildhall.projections.export.StoredFiles;
import io.guildhall.projections.export.ZipArchive;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the messages of a room and their files as a ZIP file: {@code index.html} and {@code room.json}, an HTML page and
 * a JSON file for each range of messages, and the files. Holds one range of messages in memory. The names of the files in
 * it cannot leave their folder, and are unique: each begins with the number of its message and its position.
 */
final class RoomArchive {
    private static final ExportTemplates TEMPLATES = new ExportTemplates();

    /** The file {@code room.json}. */
    private record RoomFile(
            String id,
            Optional<String> contractId,
            Optional<String> title,
            Map<String, String> members,
            long messages,
            Instant exportedAt) {}

    private final RoomSource source;
    private final StoredFiles files;
    private final String site;
    private final Progress progress;

    /** @param site the base of links to the site */
    RoomArchive(RoomSource source, StoredFiles files, String site, Progress progress) {
        this.source = source;
        this.files = files;
        this.site = site;
        this.progress = progress;
    }

    /**
     * @param messages how many messages to write, from the first one
     * @throws IOException if a file cannot be read or the archive cannot be written
     */
    void write(ExportedRoom room, long messages, Instant at, OutputStream output) throws IOException, SQLException {
        try (var zip = new ZipArchive(output)) {
            var pages = ExportPage.all(messages);
            zip.text("index.html", it -> TEMPLATES.writeIndex(it, room, messages, pages, at));
            zip.json("room.json", new RoomFile(room.id(), room.contractId(), room.title(), room.names(), messages, at));
            for (var page : pages) write(room, page, zip);
        }
    }

    private void write(ExportedRoom room, ExportPage page, ZipArchive zip) throws IOException, SQLException {
        var rows = source.messages(room.id(), page.first(), page.last());
        var paths = new HashMap<Long, Map<String, String>>();
        for (var row : rows) paths.put(row.number(), copyFiles(row, page, zip));
        var exported = rows.stream()
                .map(it -> ExportedMessage.from(it, room, site, paths.getOrDefault(it.number(), Map.of())))
                .toList();
        zip.json(page.json(), exported);
        zip.text(page.html(), it -> TEMPLATES.writeMessages(it, room, page, exported));
        progress.written(page.last());
    }

    /**
     * Returns the path of each file of a message, by its id, unless the file does not exist any more: the export names it
     * and says that it is missing.
     */
    private Map<String, String> copyFiles(MessageRow row, ExportPage page, ZipArchive zip)
            throws IOException, SQLException {
        var paths = new HashMap<String, String>();
        int position = 0;
        for (var file : row.attachments()) {
            position++;
            var type = FileKey.Type.ofMediaType(file.mediaType());
            var key = new FileKey(row.authorId().orElseThrow(), FileKey.ATTACHMENT, file.fileId(), type);
            var path = "files/" + row.number() + "-" + position + "-" + FileName.safe(file.name());
            if (zip.file(path, files, key, () -> progress.written(page.first() - 1))) paths.put(file.fileId(), path);
        }
        return paths;
    }

    /** The name under which a member saves the archive. */
    static String name(ExportedRoom room, Instant at) {
        return FileName.safe(room.heading() + " " + at.toString().substring(0, 10) + ".zip");
    }
}
