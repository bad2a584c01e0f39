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
    private static final Map<String, String> SETTINGS = Map.of(
            "--port", "guildhall.http.port",
            "--management-port", "guildhall.management.port",
            "--data", "guildhall.data-folder");

    static CommandLine parse(List<String> arguments, Map<String, String> environment) {
        var values = new HashMap<String, Object>();
        int nodes = nodes(environment.getOrDefault("GUILDHALL_NODES", "1"));
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (i + 1 == arguments.size()) throw new UsageException("The option " + name + " requires a value.");
            var value = arguments.get(i + 1);
            if (name.equals("--nodes")) nodes = nodes(value);
            else if (SETTINGS.containsKey(name))
                values.put(SETTINGS.get(name), name.equals("--data") ? value : number(name, value));
            else throw new UsageException("Unknown option " + name + ".");
        }
        return new CommandLine(ConfigFactory.parseMap(values, "the command line"), nodes);
    }

    private static int nodes(String text) {
        int nodes = number("--nodes", text);
        if (nodes < 1 || nodes > MAX_NODES)
            throw new UsageException("--nodes must be from 1 to " + MAX_NODES + ", not " + nodes + ".");
        return nodes;
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(name + " must be a number, not '" + text + "'.");
        }
    }
}
