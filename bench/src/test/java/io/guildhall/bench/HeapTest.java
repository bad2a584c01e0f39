package io.guildhall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heap of a node, which the launcher sizes with the memory. */
class HeapTest {
    /** Runs functions of the launcher without its commands. */
    private static String launcher(String call) throws IOException, InterruptedException {
        var functions = "source <(sed -n '/^memory_mb()/,/^}/p;/^heap_options()/,/^}/p' guildhall); ";
        var process = new ProcessBuilder("bash", "-c", functions + call)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    @ParameterizedTest
    @CsvSource({"500, 320", "1280, 320", "4000, 1000", "8192, 2048", "64000, 2048"})
    void isAQuarterOfTheMemoryWithinBounds(int memory, int heap) throws IOException, InterruptedException {
        assertThat(launcher("heap_options " + memory)).isEqualTo("-Xms230m -Xmn160m -Xmx" + heap + "m");
    }

    @Test
    void theMemoryOfThisMachineIsKnown() throws IOException, InterruptedException {
        assertThat(Integer.parseInt(launcher("memory_mb"))).isGreaterThan(256);
    }
}
