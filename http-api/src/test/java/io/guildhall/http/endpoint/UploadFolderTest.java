package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {
    @TempDir
    private Path parent;

    @Test
    void startDeletesTheFilesOfNodesThatHaveEnded() throws IOException {
        var ended = new UploadFolder(parent);
        var abandoned = ended.newFile();
        ended.release();
        var file = new UploadFolder(parent).newFile();
        assertThat(abandoned).doesNotExist();
        assertThat(abandoned.getParent()).doesNotExist();
        assertThat(file).exists();
        assertThat(parent.toFile().list()).hasSize(2);
    }

    @Test
    void startKeepsTheFilesOfRunningNodes() {
        var running = new UploadFolder(parent);
        var file = running.newFile();
        var other = new UploadFolder(parent).newFile();
        assertThat(file).exists();
        assertThat(running.newFile().getParent()).isEqualTo(file.getParent()).isNotEqualTo(other.getParent());
    }

    /** A process that was killed has no time to delete anything. */
    @Test
    void startDeletesTheFilesOfAKilledProcess() throws Exception {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            var file = Path.of(
                    output.lines().filter(it -> it.startsWith("/")).findFirst().orElseThrow());
            var _ = new UploadFolder(parent);
            assertThat(file).exists();
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(file).exists();
            var _ = new UploadFolder(parent);
            assertThat(file).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    static final class Node {
        private Node() {}

        public static void main(String[] arguments) throws InterruptedException {
            var folder = new UploadFolder(Path.of(arguments[0]));
            System.out.println(folder.newFile());
            TimeUnit.MINUTES.sleep(1);
            throw new IllegalStateException("not killed, with " + folder.newFile());
        }
    }
}
