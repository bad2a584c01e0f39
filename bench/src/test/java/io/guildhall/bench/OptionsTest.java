package io.guildhall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Set<String> KNOWN = Set.of("--rounds", "--url");

    @Test
    void parsesNamesAndValues() {
        var options = Options.parse(List.of("--rounds", "7", "--url", "http://a"), KNOWN);
        assertThat(options.number("--rounds", 1, 1, 10)).isEqualTo(7);
        assertThat(options.text("--url")).contains("http://a");
    }

    @Test
    void usesDefaultValue() {
        assertThat(Options.parse(List.of(), KNOWN).number("--rounds", 3, 1, 10)).isEqualTo(3);
    }

    @Test
    void explainsInvalidOptions() {
        assertThatThrownBy(() -> Options.parse(List.of("--turns", "1"), KNOWN))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("--turns")
                .hasMessageContaining("--rounds, --url");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds"), KNOWN)).hasMessageContaining("needs a value");
        var options = Options.parse(List.of("--rounds", "many"), KNOWN);
        assertThatThrownBy(() -> options.number("--rounds", 1, 1, 10)).hasMessageContaining("from 1 to 10, not 'many'");
        var tooMany = Options.parse(List.of("--rounds", "11"), KNOWN);
        assertThatThrownBy(() -> tooMany.number("--rounds", 1, 1, 10)).hasMessageContaining("from 1 to 10");
    }

    @Test
    void invalidCommandLineExitsWithTwo() {
        assertThat(Main.run(List.of())).isEqualTo(2);
        assertThat(Main.run(List.of("dance"))).isEqualTo(2);
        assertThat(Main.run(List.of("chaos", "--nodes", "1"))).isEqualTo(2);
        assertThat(Main.run(List.of("demo", "--url", "not an address"))).isEqualTo(2);
    }
}
