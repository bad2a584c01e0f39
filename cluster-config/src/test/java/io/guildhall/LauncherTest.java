package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, in a folder that has been built and with a JDK that prints its arguments. */
class LauncherTest {
    @TempDir
    private Path home;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void createCheckout() throws IOException {
        Files.createDirectory(home.resolve("docker"));
        for (var file : List.of("guildhall", "docker/heap-options.sh"))
            Files.copy(Path.of("..").resolve(file), home.resolve(file));
        var bin = Files.createDirectories(home.resolve("jdk/bin"));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        for (var program : List.of("java", "javac")) {
            Files.writeString(bin.resolve(program), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
            assertThat(bin.resolve(program).toFile().setExecutable(true)).isTrue();
        }
        setBuilt();
    }

    private void setBuilt() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("cluster-config/target")).resolve("built"), "");
        Files.writeString(home.resolve("cluster-config/target/guildhall.aot"), "");
    }

    private ProcessBuilder command(Map<String, String> environment, String... arguments) {
        var builder = new ProcessBuilder("bash", home.resolve("guildhall").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("GUILDHALL_JAVA_OPTIONS");
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var process = command(environment, arguments).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "members", "audit", "seed", "bench", "bench journal", "demo", "chaos", "eval melo"})
    void javaOptionsOfTheOperatorFollowThoseOfEachCommand(String command) throws IOException, InterruptedException {
        var options = Map.of("GUILDHALL_JAVA_OPTIONS", "-Xmx4g -Dx=y");
        var result = run(options, command.split(" "));
        assertThat(result.exitCode()).isZero();
        var arguments = result.out().lines().toList();
        assertThat(arguments).containsSubsequence("-Xmx4g", "-Dx=y", "-cp");
        assertThat(arguments.subList(arguments.indexOf("-Xmx4g") + 1, arguments.size()))
                .noneMatch(it -> it.startsWith("-Xmx") && !it.equals("-Xmx4096m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "members"})
    void heapSizesThatFitTogetherFollowTheOptionsOfTheOperator(String command)
            throws IOException, InterruptedException {
        var options = Map.of("GUILDHALL_JAVA_OPTIONS", "-Xmx1600m -Xmn400m");
        assertThat(run(options, command).out().lines())
                .containsSubsequence("-Xmx1600m", "-Xmn400m", "-Xms470m", "-Xmn400m", "-Xmx1600m", "-cp");
    }

    @Test
    void collectorOfTheOperatorReplacesTheOwn() throws IOException, InterruptedException {
        assertThat(run(Map.of(), "up").out().lines()).contains("-XX:+UseSerialGC");
        assertThat(run(Map.of("GUILDHALL_JAVA_OPTIONS", "-XX:+UseZGC"), "up")
                        .out()
                        .lines())
                .contains("-XX:+UseZGC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void anUnknownCommandGetsTheErrorAndTheNamesOfAllCommands() throws IOException, InterruptedException {
        var result = run(Map.of(), "memebrs");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualToNormalizingNewlines("""

                        guildhall: unknown command 'memebrs'. The commands are up, demo, seed, dev, test, hooks, java, admin, \
                        revoke-admin, premium, members, followers, parked, rebuild, index, reindex, tasks, audit, rotate-keys, sql, bench, eval, chaos, help. \
                        ./guildhall help explains them.
                        """);
    }

    @ParameterizedTest
    @CsvSource({"built, members", "guildhall.aot, up"})
    void saysThatItWaitsForAnotherCommandThatBuildsOrTrains(String missing, String command)
            throws IOException, InterruptedException {
        Files.delete(home.resolve("cluster-config/target").resolve(missing));
        Files.createDirectories(home.resolve("target"));
        // Holds the lock until its input ends.
        var other = new ProcessBuilder(
                        "flock", home.resolve("target/build.lock").toString(), "sh", "-c", "echo; cat")
                .start();
        try (var locked = other.inputReader()) {
            assertThat(locked.readLine()).isEmpty();
            var messages = home.resolve("messages");
            var waiting =
                    command(Map.of(), command).redirectError(messages.toFile()).start();
            Await.until(
                    () -> assertThat(messages).hasContent("Waiting for the build of another ./guildhall command …"));
            setBuilt();
            other.getOutputStream().close();
            assertThat(waiting.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.exitValue()).isZero();
            assertThat(waiting.inputReader().lines())
                    .noneMatch(it -> it.contains("Preparing") || it.contains("Building"));
        } finally {
            other.destroy();
        }
    }

    @Test
    void cacheOfAStartIsCompleteOrAbsent() throws IOException, InterruptedException {
        var cache = home.resolve("cluster-config/target/guildhall.aot");
        Files.delete(cache);
        assertThat(run(Map.of(), "up").err()).contains("This failed");
        assertThat(cache).doesNotExist();
        Files.writeString(home.resolve("jdk/bin/java"), """
                #!/bin/sh
                for it in "$@"; do case "$it" in -XX:AOTCacheOutput=*) echo cache >"${it#*=}"; [ ! -e "%1$s" ] || exit 9 ;; esac; done
                printf '%%s\\n' "$@"
                """.formatted(cache));
        var result = run(Map.of(), "up");
        assertThat(result.out()).contains("Preparing a faster start", "-XX:AOTCache=" + cache);
        assertThat(cache).hasContent("cache");
    }
}
