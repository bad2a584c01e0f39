package io.guildhall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heap of a node, which the launcher and the image size with the memory. */
class HeapTest {
    private static final String SET_BY_THE_USER = "GUILDHALL_JAVA_OPTIONS='%s' ";

    /** Runs functions of the launcher without its commands. */
    private static String launcher(String call) throws IOException, InterruptedException {
        var functions = "source docker/heap-options.sh; source <(sed -n '/^quarter()/,/^}/p' guildhall); ";
        return output(List.of("bash", "-c", functions + call));
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    @ParameterizedTest
    @CsvSource({"500, 320", "1280, 320", "4000, 1000", "8192, 2048", "64000, 2048"})
    void isAQuarterOfTheMemoryWithinBounds(int memory, int heap) throws IOException, InterruptedException {
        assertThat(launcher("heap_options $(quarter " + memory + ")")).isEqualTo("-Xms230m -Xmn160m -Xmx" + heap + "m");
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx1600m -Xmn400m, -Xms470m -Xmn400m -Xmx1600m",
        "-Xmx4g -Xmn1g, -Xms1094m -Xmn1024m -Xmx4096m",
        "-Xmx4g, -Xms230m -Xmn160m -Xmx4096m",
        "-Xmx200m, -Xms200m -Xmn160m -Xmx200m",
        "-Xms3g, -Xms3072m -Xmn160m -Xmx3072m",
        "-Xmn600m, -Xms670m -Xmn600m -Xmx670m",
        "-Xms64m -Xmn400m -Xmx300m, -Xms300m -Xmn262m -Xmx300m",
        "-XX:MaxHeapSize=1073741824 -XX:NewSize=204800k, -Xms270m -Xmn200m -Xmx1024m",
        "-Dx=y -Xmxlarge, -Xms230m -Xmn160m -Xmx500m"
    })
    void hasGivenSizesThatFitTogether(String given, String heap) throws IOException, InterruptedException {
        var call = SET_BY_THE_USER.formatted(given) + "heap_options 500";
        assertThat(launcher(call)).isEqualTo(heap);
        assertThat(output(List.of("sh", "-c", ". docker/heap-options.sh; " + call)))
                .isEqualTo(heap);
        var java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (!given.contains("large")) java.addAll(List.of(given.split(" ")));
        java.addAll(List.of(heap.split(" ")));
        java.addAll(List.of("-XX:+UseSerialGC", "-version"));
        assertThat(output(java)).doesNotContain("warning");
    }

    @ParameterizedTest
    @CsvSource({"-Xmx2g, 2048", "-Xms3g, 3072", "-Xmn1g, 1094", "-Xmn100m, 512"})
    void ofABenchIsLargeEnoughForTheGivenParts(String given, int heap) throws IOException, InterruptedException {
        assertThat(launcher(SET_BY_THE_USER.formatted(given) + "max_heap_mb 512"))
                .isEqualTo(Integer.toString(heap));
    }

    @Test
    void theMemoryOfThisMachineIsKnown() throws IOException, InterruptedException {
        assertThat(Integer.parseInt(launcher("memory_mb"))).isGreaterThan(256);
    }
}
