package io.guildhall.projections.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.guildhall.port.FileKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP file while it is written, one entry after the other. Holds no entry in memory. */
public final class ZipArchive implements AutoCloseable {
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

    /** Writes the content of an entry, and does not close it. */
    @FunctionalInterface
    public interface Content {
        void write(Writer output) throws IOException, SQLException;
    }

    /** Is called after each part of a file. */
    @FunctionalInterface
    public interface AfterPart {
        void run() throws SQLException;
    }

    private final ZipOutputStream zip;

    public ZipArchive(OutputStream output) {
        this.zip = new ZipOutputStream(output, StandardCharsets.UTF_8);
    }

    public void text(String path, Content content) throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(path));
        var writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        content.write(writer);
        writer.flush();
        zip.closeEntry();
    }

    public void json(String path, Object value) throws IOException, SQLException {
        text(path, it -> JSON.writeValue(it, value));
    }

    /** Copies a stored file. Returns false, and adds nothing, if it does not exist. */
    public boolean file(String path, StoredFiles files, FileKey key, AfterPart afterPart)
            throws IOException, SQLException {
        try (var content = files.open(key)) {
            zip.putNextEntry(new ZipEntry(path));
            var buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                zip.write(buffer, 0, read);
                afterPart.run();
            }
            zip.closeEntry();
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
