package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.guildhall.Await;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Database.Part;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionPoolsTest {
    private static ConnectionPools pools(Map<String, Object> settings) {
        return Settings.from(Settings.load(ConfigFactory.parseMap(settings))).connectionPools();
    }

    @ParameterizedTest
    @EnumSource
    void aPoolThatIsSmallerThanWhatItsPartUsesIsRefused(Part part) {
        var key = "guildhall.database.pools." + ConnectionPools.key(part) + ".connections";
        assertThatThrownBy(() -> pools(Map.of(key, 0)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(key + " (GUILDHALL_CONNECTIONS_" + part + ") is 0")
                .hasMessageContaining("Set it to at least");
    }

    @Test
    void theReadmeNamesTheNumberOfConnectionsOfANode() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(
                        pools(Map.of()).total() + " by default",
                        "≥ " + pools(Map.of()).total() + " × nodes");
    }

    @Test
    void moreConnectionsThanTheServerAcceptsAreRefusedWithTheNumbers() {
        var pools = pools(Map.of());
        int total = pools.total();
        assertThatCode(() -> pools.requireCapacity(3, 3 * total)).doesNotThrowAnyException();
        assertThatThrownBy(() -> pools.requireCapacity(3, 3 * total - 7))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("3 nodes open up to " + 3 * total + " database connections")
                .hasMessageContaining("accepts " + (3 * total - 7))
                .hasMessageContaining("Raise max_connections of PostgreSQL by 7");
    }

    @Test
    void aNodeThatDoesNotFitTheServerDoesNotStart() {
        var url = TestDatabase.freshUrl();
        assertThatThrownBy(
                        () -> Database.open(url, pools(Map.of("guildhall.database.pools.queries.connections", 5_000))))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("queries 5000")
                .hasMessageContaining("max_connections");
    }

    @ParameterizedTest
    @EnumSource
    void everyPoolHasTimeoutsOnBothSides(Part part) throws SQLException {
        var pools =
                pools(Map.of("guildhall.database.pools." + ConnectionPools.key(part) + ".statement-timeout", "1500ms"));
        try (var database = Database.open(TestDatabase.freshUrl(), pools);
                var connection = database.pool(part).getConnection()) {
            assertThat(setting(connection, "statement_timeout")).isEqualTo("1500ms");
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo("10s");
            assertThat(setting(connection, "tcp_keepalives_idle")).isEqualTo("10");
            assertThat(connection.getNetworkTimeout()).isEqualTo(4_000);
            long started = System.nanoTime();
            try (var query = connection.prepareStatement("SELECT pg_sleep(60)")) {
                assertThatThrownBy(query::execute).hasMessageContaining("statement timeout");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** Flyway's lock is held by a transaction that is idle during a migration. */
    @Test
    void aLongMigrationKeepsItsLock() throws SQLException {
        var pools = pools(Map.of("guildhall.database.migration-timeout", "90s"));
        try (var pool = pools.openForMigrations(TestDatabase.freshUrl());
                var connection = pool.getConnection()) {
            assertThat(setting(connection, "statement_timeout")).isEqualTo("90s");
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo("90s");
        }
    }

    /** While HikariCP sets up the first connection, it asks for the isolation level, and would never ask again. */
    @Test
    void aPoolWhoseFirstConnectionBreaksConnectsLater() {
        var url = URI.create(TestDatabase.freshUrl().substring("jdbc:".length()));
        var settings = pools(Map.of(
                "guildhall.database.pools.mail.statement-timeout",
                "1s",
                "guildhall.database.connect-timeout",
                "1s",
                "guildhall.database.wait-timeout",
                "1s"));
        try (var proxy = new SilentProxy(url.getPort());
                var database = Database.open(proxy.url(url), settings)) {
            proxy.vanishAt("TRANSACTION ISOLATION LEVEL");
            assertThatThrownBy(() -> database.pool(Part.MAIL).getConnection().close())
                    .isInstanceOf(SQLException.class);
            proxy.restore();
            Await.value(() -> {
                database.pool(Part.MAIL).getConnection().close();
                return true;
            });
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT current_setting(?)")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
