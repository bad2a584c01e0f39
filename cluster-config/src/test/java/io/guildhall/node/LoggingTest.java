package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.ClusterLogMarker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MarkerFactory;

/** What the log leaves out: each logger is that of a class which still exists. */
class LoggingTest {
    private static Logger logger(String name) throws Exception {
        var context = new LoggerContext();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
        return context.getLogger(name);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.pekko.cluster.sharding.ShardRegion, ERROR",
        "org.apache.pekko.cluster.sharding.DDataShardCoordinator, ERROR",
        "org.apache.pekko.remote.artery.Association, ERROR",
        "org.apache.pekko.cluster.singleton.ClusterSingletonManager, ERROR",
        "org.apache.pekko.actor.CoordinatedShutdown, ERROR",
        "org.apache.pekko.projection.jdbc.internal.JdbcProjectionImpl, OFF",
        "org.apache.kafka.clients.NetworkClient, ERROR",
        "org.redisson.connection.MasterSlaveConnectionManager, OFF",
        "org.apache.pekko.cluster.Cluster, WARN",
        "io.guildhall.node.ClusterLog, INFO"
    })
    void eachLoggerHasItsLevel(String type, String level) throws Exception {
        assertThat(Class.forName(type, false, LoggingTest.class.getClassLoader())
                        .getName())
                .isEqualTo(type);
        assertThat(logger(type).getEffectiveLevel()).isEqualTo(Level.toLevel(level));
    }

    @Test
    void leavesOutThatAPeerIsUnreachable() throws Exception {
        var cluster = logger("org.apache.pekko.cluster.Cluster");
        var marker =
                MarkerFactory.getMarker(ClusterLogMarker.unreachable(new Address("pekko", "guildhall", "127.0.0.1", 1))
                        .name());
        assertThat(cluster.isWarnEnabled(marker)).isFalse();
        assertThat(cluster.isWarnEnabled()).isTrue();
    }
}
