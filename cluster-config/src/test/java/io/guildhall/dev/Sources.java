package io.guildhall.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The files that a build is made from, each with its time of change. Two of them tell what was edited, added and
 * deleted in between.
 */
record Sources(Map<Path, Long> files) {
    static final Sources NONE = new Sources(Map.of());

    Sources {
        files = Map.copyOf(files);
    }

    /** The files under {@code src/main} of the modules, and every {@code pom.xml} of the project. */
    static Sources scan(Path project, List<Module> modules) throws IOException {
        var files = new HashMap<>(poms(project));
        for (var module : modules) scan(files, module.folder().resolve("src/main"));
        return new Sources(files);
    }

    static Map<Path, Long> poms(Path project) throws IOException {
        var poms = new HashMap<Path, Long>();
        try (var children = Files.newDirectoryStream(project)) {
            addIfPresent(poms, project.resolve("pom.xml"));
            for (var child : children) addIfPresent(poms, child.resolve("pom.xml"));
        }
        return poms;
    }

    private static void addIfPresent(Map<Path, Long> files, Path file) throws IOException {
        if (Files.isRegularFile(file))
            files.put(file, Files.getLastModifiedTime(file).toMillis());
    }

    private static void scan(Map<Path, Long> files, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isEditorFile(file))
                    files.put(file, attributes.lastModifiedTime().toMillis());
                return FileVisitResult.CONTINUE;
            }

            // An editor may remove its temporary files while they are listed.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isEditorFile(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith(".") || name.endsWith("~") || name.endsWith(".swp") || name.endsWith(".tmp");
    }

    /** What was edited, added or deleted since {@code earlier}. */
    Set<Path> changedSince(Sources earlier) {
        var all = new HashSet<>(files.keySet());
        all.addAll(earlier.files.keySet());
        all.removeIf(file -> Objects.equals(files.get(file), earlier.files.get(file)));
        return all;
    }

    /** Empty where the file does not exist. */
    static Sources load(Path file) throws IOException {
        if (!Files.exists(file)) return NONE;
        var files = new HashMap<Path, Long>();
        for (var line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            files.put(Path.of(line.substring(space + 1)), Long.parseLong(line.substring(0, space)));
        }
        return new Sources(files);
    }

    void save(Path file) throws IOException {
        var lines = new ArrayList<String>();
        files.forEach((path, time) -> lines.add(time + " " + path));
        Files.write(file, lines);
    }
}
