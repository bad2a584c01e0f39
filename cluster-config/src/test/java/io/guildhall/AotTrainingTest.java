package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training run in its own process, with the environment of an operator who runs a cluster. */
class AotTrainingTest {
    private static final int TIMEOUT_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void usesNoSettingOfTheOperator() throws Exception {
        var database = TestDatabase.freshUrl();
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var seed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            train(
                    temporary,
                    Map.of(
                            "DATABASE_URL",
                            database,
                            "GUILDHALL_SEEDS",
                            "127.0.0.1:" + seed.getLocalPort(),
                            "GUILDHALL_SECRET",
                            "the secret of the operator, long enough",
                            "GUILDHALL_MASTER_KEYS",
                            "not a key",
                            "GUILDHALL_OPERATOR_TOKEN",
                            "too short",
                            "GUILDHALL_MODE",
                            "production",
                            "GUILDHALL_HOST",
                            "0.0.0.0",
                            "GUILDHALL_DATA",
                            folder.resolve("var").toString()));
            assertThat(tables(database)).isZero();
            assertThat(folder.resolve("var")).doesNotExist();
            assertThat(isContacted(seed)).isFalse();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private void train(Path temporary, Map<String, String> environment) throws IOException, InterruptedException {
        var log = folder.resolve("training.log");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroy();
        }
    }

    private static int tables(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
                var rows = query.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static boolean isContacted(ServerSocket seed) throws IOException {
        seed.setSoTimeout(1);
        try (var _ = seed.accept()) {
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
