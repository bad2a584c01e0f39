package io.guildhall.bench.chaos;

import io.guildhall.bench.net.FaultyProxy;
import io.guildhall.bench.net.FaultyProxy.Condition;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Faults through proxies, for users who are not root. Other nodes reach a node only through its proxy, which recognises
 * each of them by its loopback address. Nodes keep their connections to the database and to their clients.
 */
final class ProxyFaults implements NetworkFaults {
    private final List<FaultyProxy> proxies = new ArrayList<>();
    private final Condition[] conditions;

    ProxyFaults(Path data, int nodes) {
        this.conditions = new Condition[nodes];
        Arrays.fill(conditions, Condition.GOOD);
        int bindPorts = Launcher.freePorts(nodes);
        for (int node = 0; node < nodes; node++) {
            var proxy = FaultyProxy.ofLocalPort(bindPorts + node);
            proxies.add(proxy);
            NetworkFaults.writeSettings(
                    data,
                    node,
                    Map.of(
                            "GUILDHALL_CLUSTER_PORT",
                            Integer.toString(proxy.port()),
                            "JAVA_TOOL_OPTIONS",
                            "-Dpekko.remote.artery.bind.hostname=127.0.0.1 -Dpekko.remote.artery.bind.port="
                                    + (bindPorts + node)
                                    + " -Dpekko.remote.artery.advanced.tcp.outbound-client-hostname=" + source(node)));
        }
    }

    private static String source(int node) {
        return "127.0.1." + (node + 1);
    }

    @Override
    public String description() {
        return "proxies between the nodes";
    }

    @Override
    public void connect(LocalCluster cluster) {
        // The proxies are part of the settings of the nodes.
    }

    @Override
    public void isolate(int node) {
        set(node, Condition.CUT);
    }

    @Override
    public void losePackets(int node) {
        set(node, Condition.LOSSY);
    }

    @Override
    public void restore(int node) {
        set(node, Condition.GOOD);
        proxies.forEach(FaultyProxy::closeSilenced);
    }

    /** A connection is as bad as the worse of its two nodes. */
    private synchronized void set(int node, Condition condition) {
        conditions[node] = condition;
        for (int to = 0; to < proxies.size(); to++) {
            var own = conditions[to];
            var others = conditions.clone();
            proxies.get(to).setCondition(from -> worse(own, others, from));
        }
    }

    private static Condition worse(Condition own, Condition[] others, InetAddress from) {
        for (int node = 0; node < others.length; node++)
            if (from.getHostAddress().equals(source(node)) && others[node].compareTo(own) > 0) return others[node];
        return own;
    }

    @Override
    public void close() {
        proxies.forEach(FaultyProxy::close);
    }
}
