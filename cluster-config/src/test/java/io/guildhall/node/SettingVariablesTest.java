package io.guildhall.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each setting of an operator has an environment variable next to it: {@code key = ${?VARIABLE}}. */
class SettingVariablesTest {
    private static final Pattern DURATION_OR_SIZE = Pattern.compile("[0-9]+(ms|s|m|h|k)");

    @Test
    void everySettingThatIsNoDurationOrSizeHasAVariable() {
        assertThat(withoutVariable(requireNonNull(
                        ConfigFactory.parseResources("application.conf").root().get("guildhall"))))
                .isEmpty();
    }

    @Test
    void findsSettingsWithoutVariable() {
        assertThat(withoutVariable(ConfigFactory.parseString("""
                                named = 1
                                named = ${?NAMED}
                                timeout = 10s
                                size = 16k
                                pool { connections = 8, connections = ${?CONNECTIONS}, forgotten = 9 }
                                forgotten = [7, 3, 1]
                                """).root()))
                .containsExactlyInAnyOrder(".pool.forgotten", ".forgotten");
    }

    private static List<String> withoutVariable(ConfigValue value) {
        return leaves("", value)
                .filter(it -> !hasVariable(it.getValue()))
                .filter(it -> !DURATION_OR_SIZE
                        .matcher(it.getValue().unwrapped().toString())
                        .matches())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Stream<Map.Entry<String, ConfigValue>> leaves(String path, ConfigValue value) {
        return value instanceof ConfigObject object
                ? object.entrySet().stream().flatMap(it -> leaves(path + "." + it.getKey(), it.getValue()))
                : Stream.of(Map.entry(path, value));
    }

    /** The value depends on a variable: it has no type before that is read. */
    private static boolean hasVariable(ConfigValue value) {
        try {
            return value.valueType() == null;
        } catch (ConfigException.NotResolved e) {
            return true;
        }
    }
}
