package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeAgeTest {
    /** Prints by how many milliseconds the process is older than the node. */
    public static void main(String[] arguments) {
        var start = ProcessHandle.current().info().startInstant().orElseThrow();
        System.out.println(
                Duration.between(start, Instant.now()).minus(Node.age()).toMillis());
    }

    /** As the launcher does, which builds the program first and then becomes the JVM. */
    @Test
    void doesNotCountTheTimeBeforeTheJvmStarted() throws IOException {
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 1; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeAgeTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(Long.parseLong(lines.readLine())).isGreaterThanOrEqualTo(900);
        }
    }
}
