package io.guildhall.bench.chaos;

import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Faults of the network between the nodes of a cluster on this machine. Nodes are numbered from 0. */
interface NetworkFaults extends AutoCloseable {
    /** How the faults are made. */
    String description();

    /** Completes the network after the program has been started, before the nodes are ready. */
    void connect(LocalCluster cluster);

    /** Cuts a node off the others: whatever is sent to it or by it is lost, and no connection is closed. */
    void isolate(int node);

    /** Loses packets to and from a node. */
    void losePackets(int node);

    /** Ends the faults of a node. */
    void restore(int node);

    @Override
    void close();

    /** How faults are made. */
    enum Method {
        NAMESPACES,
        PROXIES
    }

    /**
     * Prepares the network of a cluster that is not started yet.
     *
     * @param data its data folder, in which the settings of each node are written
     */
    static NetworkFaults open(Method method, Path data, int nodes, int port, int managementPort) {
        return switch (method) {
            case NAMESPACES -> new NamespaceFaults(data, nodes, port, managementPort);
            case PROXIES -> new ProxyFaults(data, nodes);
        };
    }

    /** @param variables of the environment of one node */
    static void writeSettings(Path data, int node, Map<String, String> variables) {
        var file = data.resolve("nodes").resolve("node-" + (node + 1) + ".env");
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    variables.entrySet().stream()
                            .map(it -> it.getKey() + "=" + it.getValue())
                            .sorted()
                            .collect(Collectors.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
