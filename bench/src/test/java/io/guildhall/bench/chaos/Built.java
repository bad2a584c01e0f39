package io.guildhall.bench.chaos;

import io.guildhall.bench.node.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as the launcher starts it; it was built by the module before this one. */
final class Built {
    private static final Path PROGRAM =
            Path.of("..", "cluster-config", "target").toAbsolutePath().normalize();

    private Built() {}

    static Program program() throws IOException {
        try (Stream<Path> jars = Files.list(PROGRAM.resolve("lib"))) {
            var classpath = Stream.concat(Stream.of(PROGRAM.resolve("cluster-config-1.jar")), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
            return new Program(List.of(
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
