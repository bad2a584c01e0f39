package io.guildhall.projections;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.guildhall.testing.TestCluster;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

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
        TestCluster.form(kit.system());
        return kit;
    }

    /** A second node in the cluster of the first. */
    public static ActorTestKit startNextTo(ActorTestKit first, String databaseUrl) {
        return startNextTo(first, databaseUrl, ConfigFactory.empty());
    }

    public static ActorTestKit startNextTo(ActorTestKit first, String databaseUrl, Config overrides) {
        var kit = ActorTestKit.create("node", config(databaseUrl, overrides));
        TestCluster.join(kit.system(), first.system());
        return kit;
    }

    private static Config config(String url, Config overrides) {
        return overrides
                .withFallback(ConfigFactory.parseString("""
                pekko.cluster.roles = ["projection"]
                pekko.loglevel = WARNING
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
                .withFallback(TestCluster.SETTINGS)
                .withFallback(ConfigFactory.load())
                .resolve();
    }
}
