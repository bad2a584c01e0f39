package io.guildhall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help of the launcher lists every option of the commands in this module, and no others. */
class HelpTest {
    /** For tests of the launcher. */
    private static final List<String> UNDOCUMENTED = List.of("--program");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "seed",
                "bench",
                "bench search",
                "bench posting",
                "bench room",
                "bench enumeration",
                "bench login",
                "bench live",
                "eval marketplace",
                "chaos"
            })
    void listsTheOptionsOfEachCommand(String command) throws IOException {
        assertThat(documentedOptions(command)).containsExactlyInAnyOrderElementsOf(options(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "seed", "bench", "eval", "chaos"})
    void optionHelpPrintsTheHelp(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of("..", "guildhall").toString(), command, "--help").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("usage:");
        assertThat(process.waitFor()).isZero();
    }

    private static List<String> documentedOptions(String command) throws IOException {
        var synopses = Pattern.compile("(?m)^  " + command + " (?=\\[?--).*$")
                .matcher(Files.readString(Path.of("..", "guildhall")))
                .results()
                .map(it -> it.group())
                .toList();
        assertThat(synopses).as(command).isNotEmpty();
        return synopses.stream().flatMap(HelpTest::optionNames).toList();
    }

    /** The options that the command names if it gets an unknown one. */
    private static List<String> options(String command) {
        var words = command.replace(" marketplace", "").split(" ");
        var error = System.err;
        var output = new ByteArrayOutputStream();
        System.setErr(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(Stream.concat(Stream.of(words), Stream.of("--unknown"))
                            .toList()))
                    .isEqualTo(2);
        } finally {
            System.setErr(error);
        }
        return optionNames(output.toString(StandardCharsets.UTF_8).replace("--unknown", ""))
                .filter(it -> !UNDOCUMENTED.contains(it))
                .toList();
    }

    private static Stream<String> optionNames(String text) {
        return Pattern.compile("--[a-z-]+").matcher(text).results().map(it -> it.group());
    }
}
