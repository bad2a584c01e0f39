package io.guildhall.dev;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Maven says a node needs.
 *
 * @param modules each after those that it depends on
 */
record ClassPath(List<Path> libraries, List<Module> modules) {
    /** The one that was resolved before, unless a {@code pom.xml} has changed since or a jar is gone. */
    static Optional<ClassPath> load(Path project, Path file) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        var time = Files.getLastModifiedTime(file).toMillis();
        if (Sources.poms(project).values().stream().anyMatch(it -> it > time)) return Optional.empty();
        var entries = Arrays.stream(Files.readString(file).strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
        var libraries =
                entries.stream().filter(it -> it.toString().endsWith(".jar")).toList();
        if (!libraries.stream().allMatch(Files::exists)) return Optional.empty();
        // Maven lists the classes of each module that the program depends on, and not the program's own.
        var modules = entries.stream()
                .filter(it -> it.endsWith("target/classes"))
                .map(it -> it.resolve("../..").normalize());
        return Optional.of(new ClassPath(
                libraries,
                Stream.concat(modules, Stream.of(project.resolve("cluster-config")))
                        .map(Module::new)
                        .toList()));
    }

    /** Maven resets the colours of a terminal even if it prints none. */
    private static String withoutColours(String line) {
        return line.replaceAll("\u001B\\[[0-9;]*m", "");
    }

    /** Asks Maven, which takes some seconds. Its errors are printed. */
    static Optional<ClassPath> resolve(Path project, String maven, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        var process = new ProcessBuilder(
                        maven,
                        "--batch-mode",
                        "--quiet",
                        "-Dstyle.color=never",
                        "--projects=cluster-config",
                        "--also-make",
                        "-Dmaven.main.skip=true",
                        "-Dmaven.test.skip=true",
                        "-Dmdep.outputFile=" + file,
                        "-DincludeScope=runtime",
                        "test-compile",
                        "dependency:build-classpath")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            output.lines()
                    .map(ClassPath::withoutColours)
                    .filter(it -> !it.isBlank())
                    .forEach(System.err::println);
        }
        if (process.waitFor() == 0) return load(project, file);
        // Some module's, but not the program's.
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    String librariesText() {
        return text(libraries.stream());
    }

    /** Jars first: an archive of their classes is only valid for a class path that begins with them. */
    String text() {
        return text(Stream.concat(libraries.stream(), modules.stream().map(Module::classes)));
    }

    private static String text(Stream<Path> entries) {
        return String.join(File.pathSeparator, entries.map(Path::toString).toList());
    }
}
