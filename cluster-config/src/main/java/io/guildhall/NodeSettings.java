package io.guildhall;

import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variables of one of several nodes on this machine, from the file {@code nodes/node-N.env} under the data folder, one
 * NAME=VALUE per line. They override the variables of all nodes. Failure tests use them to give a node its own network.
 */
record NodeSettings(Map<String, String> variables) {
    /** Words to put before the command of the node, separated by spaces, such as {@code ip netns exec node-2}. */
    private static final String COMMAND = "GUILDHALL_NODE_COMMAND";

    /** @param node its number, from 1 */
    static NodeSettings read(Path dataFolder, int node) {
        var file = dataFolder.resolve("nodes").resolve("node-" + node + ".env");
        if (!Files.exists(file)) return new NodeSettings(Map.of());
        try {
            var variables = new HashMap<String, String>();
            for (var line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals < 1) throw new StartupException(file + " has a line that is not NAME=VALUE: " + line);
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
            return new NodeSettings(Map.copyOf(variables));
        } catch (IOException e) {
            throw new StartupException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    Optional<String> find(String variable) {
        return Optional.ofNullable(variables.get(variable));
    }

    List<String> command(List<String> node) {
        var command = new ArrayList<String>();
        find(COMMAND).ifPresent(it -> command.addAll(List.of(it.split(" "))));
        command.addAll(node);
        return command;
    }
}
