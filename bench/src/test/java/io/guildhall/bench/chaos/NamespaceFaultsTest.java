package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.chaos.NamespaceFaults.UnavailableException;
import io.guildhall.bench.node.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network namespaces of a run. Without root there are none. */
class NamespaceFaultsTest {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final int TIMEOUT_SECONDS = 30;

    @TempDir
    private Path data;

    @Test
    void runThatIsStoppedLeavesNoNamespaces() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var name = "gh" + process.pid();
        var state = process.inputReader().readLine();
        assertThat(state).isIn("open", "unavailable");
        boolean isOpen = state.equals("open");
        assertThat(hasAny(NAMESPACES, name)).isEqualTo(isOpen);
        assertThat(hasAny(INTERFACES, name)).isEqualTo(isOpen);
        process.destroy();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(hasAny(NAMESPACES, name)).isFalse();
        // The kernel removes the interfaces of a namespace a moment later.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (hasAny(INTERFACES, name) && System.nanoTime() < deadline) Thread.sleep(10);
        assertThat(hasAny(INTERFACES, name)).isFalse();
    }

    private static boolean hasAny(Path folder, String prefix) throws IOException {
        if (!Files.exists(folder)) return false;
        try (var files = Files.newDirectoryStream(folder, prefix + "*")) {
            return files.iterator().hasNext();
        }
    }

    /** Opens a network for two nodes, and waits until it is stopped. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws InterruptedException {
            try {
                int port = Launcher.freePorts(4);
                var _ = new NamespaceFaults(Path.of(arguments[0]), 2, port, port + 2);
                System.out.println("open");
            } catch (UnavailableException e) {
                System.out.println("unavailable");
            }
            Thread.currentThread().join();
        }
    }
}
