package io.guildhall.projections.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.guildhall.kernel.FileName;
import io.guildhall.port.FileKey;
import io.guildhall.projections.readmodel.room.MessageRow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the messages of a room and their files as a ZIP file: {@code index.html} and {@code room.json}, an HTML page and
 * a JSON file for each range of messages, and the files. Holds one range of messages in memory. The names of the files in
 * it cannot leave their folder, and are unique: each begins with the number of its message and its position.
 */
final class ExportArchive {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private static final ExportTemplates TEMPLATES = new ExportTemplates();

    /** Opens files of the file store. */
    interface Files {
        /** @throws FileNotFoundException if the file does not exist */
        InputStream open(FileKey key) throws IOException;
    }

    /** Is called often while the archive is written. Stops the writing with an exception. */
    interface Progress {
        void written(long messages) throws SQLException;
    }

    /** The file {@code room.json}. */
    private record RoomFile(
            String id,
            Optional<String> contractId,
            Optional<String> title,
            Map<String, String> members,
            long messages,
            Instant exportedAt) {}

    private final ExportSource source;
    private final Files files;
    private final String site;
    private final Progress progress;

    /** @param site the base of links to the site */
    ExportArchive(ExportSource source, Files files, String site, Progress progress) {
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
        try (var zip = new ZipOutputStream(output, StandardCharsets.UTF_8)) {
            var pages = ExportPage.all(messages);
            entry(zip, "index.html", it -> TEMPLATES.writeIndex(it, room, messages, pages, at));
            var file = new RoomFile(room.id(), room.contractId(), room.title(), room.names(), messages, at);
            entry(zip, "room.json", it -> JSON.writeValue(it, file));
            for (var page : pages) write(room, page, zip);
        }
    }

    private void write(ExportedRoom room, ExportPage page, ZipOutputStream zip) throws IOException, SQLException {
        var rows = source.messages(room.id(), page.first(), page.last());
        var paths = new HashMap<Long, Map<String, String>>();
        for (var row : rows) paths.put(row.number(), copyFiles(row, page, zip));
        var exported = rows.stream()
                .map(it -> ExportedMessage.from(it, room, site, paths.getOrDefault(it.number(), Map.of())))
                .toList();
        entry(zip, page.json(), it -> JSON.writeValue(it, exported));
        entry(zip, page.html(), it -> TEMPLATES.writeMessages(it, room, page, exported));
        progress.written(page.last());
    }

    /** Returns the path of each file of a message, by its id, unless the file does not exist any more. */
    private Map<String, String> copyFiles(MessageRow row, ExportPage page, ZipOutputStream zip)
            throws IOException, SQLException {
        var paths = new HashMap<String, String>();
        int position = 0;
        for (var file : row.attachments()) {
            position++;
            var type = FileKey.Type.ofMediaType(file.mediaType());
            var key = new FileKey(row.authorId().orElseThrow(), FileKey.ATTACHMENT, file.fileId(), type);
            try (var content = files.open(key)) {
                var path = "files/" + row.number() + "-" + position + "-" + FileName.safe(file.name());
                zip.putNextEntry(new ZipEntry(path));
                copy(content, page, zip);
                zip.closeEntry();
                paths.put(file.fileId(), path);
            } catch (FileNotFoundException e) {
                // The export names the file and says that it is missing.
                progress.written(page.first() - 1);
            }
        }
        return paths;
    }

    private void copy(InputStream content, ExportPage page, ZipOutputStream zip) throws IOException, SQLException {
        var buffer = new byte[BUFFER_BYTES];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            zip.write(buffer, 0, read);
            progress.written(page.first() - 1);
        }
    }

    private interface Content {
        void write(OutputStreamWriter output) throws IOException;
    }

    private static void entry(ZipOutputStream zip, String path, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        var writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        content.write(writer);
        writer.flush();
        zip.closeEntry();
    }

    /** The name under which a member saves the archive. */
    static String name(ExportedRoom room, Instant at) {
        return FileName.safe(room.heading() + " " + at.toString().substring(0, 10) + ".zip");
    }
}
