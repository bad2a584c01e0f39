package io.guildhall;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code up}.
 *
 * @param overrides settings that replace the configured ones
 */
record CommandLine(Config overrides, int nodes) {
    private static final int MAX_NODES = 9;
    private static final int MAX_PORT = 65_535;
    private static final Map<String, String> SETTINGS = Map.of(
            "--port", "guildhall.http.port",
            "--management-port", "guildhall.management.port",
            "--data", "guildhall.data-folder");

    static CommandLine parse(List<String> arguments, Map<String, String> environment) {
        var values = new HashMap<String, Object>();
        int nodes = nodes("GUILDHALL_NODES", environment.getOrDefault("GUILDHALL_NODES", "1"));
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (!name.equals("--nodes") && !SETTINGS.containsKey(name)) throw UsageException.unknownOption(name);
            if (i + 1 == arguments.size()) throw new UsageException(name + " requires a value.");
            var value = arguments.get(i + 1);
            switch (name) {
                case "--nodes" -> nodes = nodes(name, value);
                case "--data" -> values.put(SETTINGS.get(name), value);
                default -> values.put(SETTINGS.get(name), number(name, value, 1, MAX_PORT));
            }
        }
        return new CommandLine(ConfigFactory.parseMap(values, "the command line"), nodes);
    }

    private static int nodes(String name, String text) {
        return number(name, text, 1, MAX_NODES);
    }

    private static int number(String name, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException _) {
            // Reported below.
        }
        throw new UsageException(name + " must be a number from " + min + " to " + max + ", not '" + text + "'.");
    }
}
