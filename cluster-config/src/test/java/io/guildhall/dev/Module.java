package io.guildhall.dev;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A module of the project, with the folders that Maven gives it. */
record Module(Path folder) {
    Path sources() {
        return folder.resolve("src/main/java");
    }

    Path resources() {
        return folder.resolve("src/main/resources");
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** The internal name of the top-level class that a source file declares. */
    String className(Path source) {
        var name = sources().relativize(source).toString().replace('\\', '/');
        return name.substring(0, name.length() - ".java".length());
    }

    /** The class files of a top-level class and of the classes nested in it, below a folder of classes. */
    static List<Path> classFiles(Path classes, String className) throws IOException {
        var top = classes.resolve(className + ".class");
        var folder = requireNonNull(top.getParent());
        if (!Files.isDirectory(folder)) return List.of();
        var nested = top.getFileName().toString().replace(".class", "$");
        try (var files = Files.list(folder)) {
            return files.filter(it -> it.equals(top)
                            || (it.getFileName().toString().startsWith(nested)
                                    && it.toString().endsWith(".class")))
                    .toList();
        }
    }
}
