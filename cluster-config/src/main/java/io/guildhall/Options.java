package io.guildhall;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is said on the command line, over what the environment and the configuration say. */
record Options(Config overrides, int nodes) {
    private static final int MOST_NODES = 9;
    private static final Map<String, String> KEYS = Map.of(
            "--port", "guildhall.http.port",
            "--management-port", "guildhall.management-port",
            "--data", "guildhall.data");

    static Options parse(List<String> arguments, Map<String, String> environment) {
        var values = new HashMap<String, Object>();
        int nodes = nodes(environment.getOrDefault("GUILDHALL_NODES", "1"));
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (i + 1 == arguments.size()) throw new UsageException(name + " needs a value.");
            var value = arguments.get(i + 1);
            if (name.equals("--nodes")) nodes = nodes(value);
            else if (KEYS.containsKey(name))
                values.put(KEYS.get(name), name.equals("--data") ? value : number(name, value));
            else throw new UsageException("There is no option " + name + ".");
        }
        return new Options(ConfigFactory.parseMap(values, "the command line"), nodes);
    }

    private static int nodes(String text) {
        int nodes = number("--nodes", text);
        if (nodes < 1 || nodes > MOST_NODES)
            throw new UsageException("--nodes is 1 to " + MOST_NODES + ", not " + nodes + ".");
        return nodes;
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(name + " is a number, not '" + text + "'.");
        }
    }
}
