package io.guildhall.projections;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A node that runs followers over a database. */
public final class TestNode {
    static {
        // Pekko Projection prints a line for each projection that stops.
        var out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        scala.Console.out();
        System.setOut(out);
    }

    private TestNode() {}

    public static ActorTestKit start(String databaseUrl) {
        return start(databaseUrl, ConfigFactory.empty());
    }

    public static ActorTestKit start(String databaseUrl, Config overrides) {
        var kit = ActorTestKit.create("node", config(databaseUrl, overrides));
        join(kit, kit);
        return kit;
    }

    /** A second node in the cluster of the first. */
    public static ActorTestKit startBeside(ActorTestKit first, String databaseUrl) {
        return startBeside(first, databaseUrl, ConfigFactory.empty());
    }

    public static ActorTestKit startBeside(ActorTestKit first, String databaseUrl, Config overrides) {
        var kit = ActorTestKit.create("node", config(databaseUrl, overrides));
        join(kit, first);
        return kit;
    }

    private static void join(ActorTestKit kit, ActorTestKit first) {
        Cluster.get(kit.system())
                .manager()
                .tell(Join.create(Cluster.get(first.system()).selfMember().address()));
    }

    private static Config config(String url, Config overrides) {
        return overrides
                .withFallback(ConfigFactory.parseString("""
                pekko.actor.provider = cluster
                pekko.cluster.roles = ["projection"]
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.loglevel = WARNING
                # A node stops immediately, without leaving the cluster.
                pekko.coordinated-shutdown.run-by-actor-system-terminate = off
                pekko.projection.jdbc.dialect = "postgres-dialect"
                pekko.projection.jdbc.blocking-jdbc-dispatcher.thread-pool-executor.fixed-pool-size = 4
                pekko.persistence.journal.plugin = "jdbc-journal"
                pekko.persistence.snapshot-store.plugin = "jdbc-snapshot-store"
                pekko-persistence-jdbc.shared-databases.slick {
                  profile = "slick.jdbc.PostgresProfile$"
                  db { url = "%s", driver = "org.postgresql.Driver", numThreads = 5, maxConnections = 5, minConnections = 1 }
                }
                jdbc-journal { use-shared-db = slick, parallelism = 1, bufferSize = 10000 }
                jdbc-snapshot-store.use-shared-db = slick
                """.formatted(url)))
                .withFallback(ConfigFactory.load())
                .resolve();
    }
}
