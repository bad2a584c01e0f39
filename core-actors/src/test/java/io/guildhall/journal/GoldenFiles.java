package io.guildhall.journal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The golden files: samples of events in the form in which journals contain them. Files are added, never edited. Each
 * event has the file {@code NAME.json}, and {@code NAME+VARIANT.json} for components that were added later or can be
 * absent.
 */
final class GoldenFiles {
    private GoldenFiles() {}

    /** @param name journal name of the event */
    record GoldenFile(String name, String json) {}

    static List<GoldenFile> all() {
        try (var files =
                Files.list(Path.of(GoldenFiles.class.getResource("/journal").toURI()))) {
            return files.sorted().map(GoldenFiles::read).toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static GoldenFile read(Path file) {
        try {
            return new GoldenFile(
                    file.getFileName().toString().replaceFirst("(\\+[a-z-]+)?\\.json$", ""),
                    Files.readString(file).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
