package io.guildhall.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** Clusters of nodes in this process. */
public final class TestCluster {
    /**
     * Settings of a node. It becomes a member within milliseconds: the intervals suit one machine, not a network. When
     * it is terminated it stops immediately, without leaving the cluster.
     */
    public static final Config SETTINGS = ConfigFactory.parseString("""
            pekko.actor.provider = cluster
            pekko.remote.artery {
              canonical { hostname = "127.0.0.1", port = 0 }
              advanced { handshake-retry-interval = 100ms, shutdown-flush-timeout = 100ms }
            }
            pekko.cluster {
              periodic-tasks-initial-delay = 10ms
              gossip-interval = 100ms
              leader-actions-interval = 50ms
              singleton.hand-over-retry-interval = 100ms
              sharding.retry-interval = 200ms
              sharding.distributed-data { gossip-interval = 200ms, notify-subscribers-interval = 50ms }
              jmx.multi-mbeans-in-same-jvm = on
            }
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            """);

    private TestCluster() {}

    /** Makes the node its own cluster. */
    public static void form(ActorSystem<?> node) {
        join(node, node);
    }

    /** Makes the node a member of the cluster of another node. */
    public static void join(ActorSystem<?> node, ActorSystem<?> other) {
        Cluster.get(node)
                .manager()
                .tell(Join.create(Cluster.get(other).selfMember().address()));
    }
}
