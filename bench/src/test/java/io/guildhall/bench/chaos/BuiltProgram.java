package io.guildhall.bench.chaos;

import io.guildhall.bench.node.Launcher;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as packaged by the module cluster-config, which Maven builds before this one. */
final class BuiltProgram {
    private static final Path BUILD_FOLDER =
            Path.of("..", "cluster-config", "target").toAbsolutePath().normalize();

    private BuiltProgram() {}

    static Launcher launcher() throws IOException {
        try (Stream<Path> jars = Files.list(BUILD_FOLDER.resolve("lib"))) {
            var classpath = Stream.concat(Stream.of(BUILD_FOLDER.resolve("cluster-config-1.jar")), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            return new Launcher(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-Xmx320m",
                    "-Xss512k",
                    "-cp",
                    classpath,
                    "io.guildhall.Main"));
        }
    }
}
