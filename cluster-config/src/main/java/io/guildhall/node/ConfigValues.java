package io.guildhall.node;

import io.guildhall.embedded.StartupException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads and checks single values of the configuration. */
final class ConfigValues {
    private ConfigValues() {}

    static int positive(int number, String key) {
        if (number >= 1) return number;
        throw new StartupException("guildhall." + key + " must be at least 1, not " + number + ".");
    }

    static int port(int port, String key) {
        if (port < 1 || port > SettingUrls.MAX_PORT)
            throw new StartupException(
                    "guildhall." + key + " must be a port from 1 to " + SettingUrls.MAX_PORT + ", not " + port + ".");
        return port;
    }

    static Optional<String> nonBlank(String text) {
        return Optional.of(text).filter(it -> !it.isBlank());
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }
}
