package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.node.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A short run of {@code ./guildhall chaos}: real processes, two of which are killed while they work. */
class ShortChaosTest {
    private static final Path PROGRAM =
            Path.of("..", "cluster-config", "target").toAbsolutePath().normalize();

    @Test
    void nothingAcknowledgedIsLostAndNoCentMoves() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
        int result = new Chaos(new Chaos.Plan(2, seed, 3, 6), new Program(command())).run();
        assertThat(result)
                .as("repeat it with ./guildhall chaos --rounds 2 --stories 6 --seed " + seed)
                .isZero();
    }

    /** As the launcher starts it; the program was built by the module before this one. */
    private static List<String> command() throws IOException {
        try (Stream<Path> jars = Files.list(PROGRAM.resolve("lib"))) {
            var classpath = Stream.concat(Stream.of(PROGRAM.resolve("cluster-config-1.jar")), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-Xmx320m",
                    "-Xss512k",
                    "-cp",
                    classpath,
                    "io.guildhall.Main");
        }
    }
}
