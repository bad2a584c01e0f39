package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.operate.OperatorToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), Map.of());
    }

    @Test
    void readsEachOption() {
        var options = parse("--port", "9000", "--management-port", "9001", "--data", "99999", "--nodes", "3");
        assertThat(options.nodes()).isEqualTo(3);
        assertThat(options.overrides().getInt("guildhall.http.port")).isEqualTo(9000);
        assertThat(options.overrides().getInt("guildhall.management.port")).isEqualTo(9001);
        assertThat(options.overrides().getString("guildhall.data-folder")).isEqualTo("99999");
        assertThat(parse().overrides().isEmpty()).isTrue();
    }

    @Test
    void takesTheNumberOfNodesFromTheEnvironment() {
        assertThat(CommandLine.parse(List.of(), Map.of("GUILDHALL_NODES", "2")).nodes())
                .isEqualTo(2);
        assertThatThrownBy(() -> CommandLine.parse(List.of(), Map.of("GUILDHALL_NODES", "many")))
                .hasMessageStartingWith("GUILDHALL_NODES must be a number from 1 to 9, not 'many'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--foo                    | Unknown option --foo.",
                "--foo 1                  | Unknown option --foo.",
                "foo                      | Unknown option foo.",
                "--port                   | --port requires a value.",
                "--port x                 | --port must be a number from 1 to 65535, not 'x'.",
                "--port 0                 | --port must be a number from 1 to 65535, not '0'.",
                "--port 99999             | --port must be a number from 1 to 65535, not '99999'.",
                "--management-port 99999  | --management-port must be a number from 1 to 65535, not '99999'.",
                "--nodes 0                | --nodes must be a number from 1 to 9, not '0'.",
                "--port 9000 --nodes ten  | --nodes must be a number from 1 to 9, not 'ten'."
            })
    void saysWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message + " See ./guildhall help.");
    }

    @Test
    void operatorCommandsSayWhatTheyExpect() {
        assertThat(OperatorArguments.address("premium", List.of("ada@example.com")))
                .isEqualTo("ada@example.com");
        assertThatThrownBy(() -> OperatorArguments.address("premium", List.of("a", "b")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("premium expects one e-mail address, and got 2.");
        assertThatThrownBy(() -> OperatorArguments.address("admin", List.of()))
                .hasMessageStartingWith("admin expects one e-mail address, and got 0.");
        assertThat(OperatorArguments.view(List.of())).isEmpty();
        assertThat(OperatorArguments.view(List.of("jobs"))).contains("jobs");
        assertThatThrownBy(() -> OperatorArguments.view(List.of("jobs", "gigs")))
                .hasMessageStartingWith("rebuild expects one view, or none for all, and got 2.");
        assertThatThrownBy(() -> OperatorArguments.none("followers", List.of("jobs"), () -> 0))
                .hasMessageStartingWith("followers expects nothing after it, and got 'jobs'.");
        assertThat(OperatorArguments.values(List.of("close", "esc_1", "paid by hand"), "tasks close", "ID", "NOTE"))
                .containsExactly("esc_1", "paid by hand");
        assertThatThrownBy(() -> OperatorArguments.values(List.of("close", "esc_1"), "tasks close", "ID", "NOTE"))
                .hasMessageStartingWith("tasks close expects ID and NOTE, and got 1 value.");
        assertThat(OperatorArguments.unknownAction("drop", "tasks", "retry ID", "close ID NOTE"))
                .hasMessageStartingWith("tasks expects nothing, retry ID or close ID NOTE, and got 'drop'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "revoke-admin",
                "premium",
                "members",
                "rebuild",
                "followers",
                "reindex",
                "rotate-keys",
                "tasks",
                "audit"
            })
    void operatorCommandsRejectUnknownOptions(String command) {
        var commands = new OperatorCommands(URI.create("http://127.0.0.1:1"), new OperatorToken("0".repeat(32)));
        assertThatThrownBy(() -> commands.run(command, List.of("--foo")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Unknown option --foo.");
    }
}
