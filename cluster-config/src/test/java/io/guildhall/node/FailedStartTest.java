package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.embedded.StartupException;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start closes everything that it has opened. */
class FailedStartTest {
    private final Database database = TestNodes.database(TestDatabase.freshUrl());
    private final List<Integer> ports = ClusterTest.freePorts(3);
    private final Set<String> threadsBefore = nodeThreads();

    @Test
    void closesAllPartsIfTheManagementPortIsTaken() throws IOException {
        try (var _ = new ServerSocket(ports.get(1), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(Map.of()))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("Port " + ports.get(1) + " for management");
        }
        assertEverythingIsClosed();
    }

    @Test
    void closesAllPartsIfTheTaxonomyIsMalformed(@TempDir Path folder) throws IOException {
        var taxonomy = Files.writeString(folder.resolve("taxonomy.tsv"), "not a taxonomy");
        assertThatThrownBy(() -> open(Map.of("guildhall.ai.taxonomy-file", taxonomy.toString())))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_TAXONOMY");
        assertEverythingIsClosed();
    }

    @Test
    void saysThatTheSecretIsAnother() throws Exception {
        try (var connection = database.pool(Database.Part.QUERIES).getConnection();
                var insert = connection.prepareStatement(
                        "INSERT INTO signing_key (id, sealed, created_at) VALUES ('1', ?, now())")) {
            insert.setBytes(1, new byte[100]);
            insert.executeUpdate();
        }
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Start with the GUILDHALL_SECRET that this database was used with")
                .hasMessageContaining("the links in sent e-mails");
    }

    @Test
    void saysThatAMasterKeyIsMissing() throws Exception {
        try (var connection = database.pool(Database.Part.QUERIES).getConnection()) {
            connection
                    .createStatement()
                    .execute(
                            "INSERT INTO person_key (account_id, wrapped_key, master_key) VALUES ('acc_1', 'x', 'abcd')");
        }
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("encrypted with master keys that are not configured (fingerprints: abcd)")
                .hasMessageContaining("Add them to GUILDHALL_MASTER_KEYS");
        assertEverythingIsClosed();
    }

    private void open(Map<String, Object> settings) {
        var config = Settings.load(ConfigFactory.parseMap(settings)
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "guildhall.http.port",
                        ports.get(0),
                        "guildhall.management.port",
                        ports.get(1),
                        "guildhall.management.token",
                        TestNodes.TOKEN.value(),
                        "guildhall.cluster.port",
                        ports.get(2),
                        "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                        "off"))));
        NodeAssembly.open(
                Settings.from(config), config, Monitoring.create(), CompletableFuture.completedFuture(database));
    }

    private void assertEverythingIsClosed() throws IOException {
        assertThat(Database.Part.values()).allMatch(part -> ((HikariDataSource) database.pool(part)).isClosed());
        for (int port : ports) new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        Await.until(() -> assertThat(nodeThreads()).isSubsetOf(threadsBefore));
    }

    /** The threads of actor systems. */
    private static Set<String> nodeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("guildhall-pekko"))
                .collect(Collectors.toSet());
    }
}
