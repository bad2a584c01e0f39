package io.guildhall.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.guildhall.Await;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

class ClusterLeaseTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String A = "pekko://guildhall@10.0.0.1:25520#1";
    private static final String B = "pekko://guildhall@10.0.0.2:25520#2";
    private static final String C = "pekko://guildhall@10.0.0.3:25520#3";

    private final PGSimpleDataSource database = TestDatabase.migrated(Migrations::run);
    private final Set<ClusterLease> leases = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        leases.forEach(ClusterLease::close);
    }

    private ClusterLease acquire(String node, String... others) throws SQLException {
        return acquire(node, new AtomicReference<>(members(node, others)), new CountDownLatch(1));
    }

    private ClusterLease acquire(String node, AtomicReference<Set<String>> members, CountDownLatch lost)
            throws SQLException {
        var lease = ClusterLease.acquire(database, SHORT, node, members::get, TestLoops.create(), lost::countDown);
        leases.add(lease);
        return lease;
    }

    private static Set<String> members(String node, String... others) {
        var all = new HashSet<>(List.of(others));
        all.add(node);
        return Set.copyOf(all);
    }

    /** What a node leaves that is killed. */
    private void leftBehind(String node, Duration expiresIn, String... members) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "INSERT INTO cluster_lease (node, members, expires_at) VALUES (?, ?, now() + ? * interval '1 ms')")) {
            insert.setString(1, node);
            insert.setArray(2, connection.createArrayOf("text", members));
            insert.setLong(3, expiresIn.toMillis());
            insert.executeUpdate();
        }
    }

    @Test
    void anotherClusterIsRefusedWhileTheFirstOneRuns() throws SQLException {
        acquire(A, B);
        assertThatThrownBy(() -> acquire(C))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("in use by another cluster: 10.0.0.1:25520, 10.0.0.2:25520, since")
                .hasMessageContaining("GUILDHALL_SEEDS");
        assertThatThrownBy(() -> ClusterLease.awaitFree(database)).isInstanceOf(StartupException.class);
        assertThat(ClusterLease.isHeld(database)).isTrue();
    }

    @Test
    void nodesOfOneClusterShareIt() throws SQLException {
        acquire(A);
        var second = acquire(B, A);
        assertThat(second.nodes()).isEqualTo(2);
    }

    @Test
    void aNodeThatIsStartedAgainJoinsWithoutAWait() throws SQLException {
        leftBehind(C, Duration.ofHours(1), A, B, C);
        assertThat(acquire(A, B).nodes()).isEqualTo(2);
    }

    @Test
    void expiresAfterACrash() throws SQLException {
        leftBehind(A, Duration.ofSeconds(1), A, B);
        leftBehind(B, Duration.ofMillis(300), A, B);
        long started = System.nanoTime();
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(ClusterLease.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            assertThat(acquire(C).nodes()).isEqualTo(1);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(500));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .first()
                .asString()
                .startsWith("Another cluster has the lease of the database until ");
    }

    @Test
    void isFreeAtOnceAfterAStop() throws SQLException {
        var first = acquire(A, B);
        first.close();
        leases.remove(first);
        assertThat(ClusterLease.isHeld(database)).isFalse();
        assertThat(acquire(C).nodes()).isEqualTo(1);
    }

    @Test
    void isRenewed() throws SQLException {
        var lease = acquire(A);
        var first = expiry(A);
        Await.until(() -> assertThat(expiry(A)).isAfter(first));
        assertThat(lease.isRenewed()).isTrue();
    }

    private Instant expiry(String node) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT expires_at FROM cluster_lease WHERE node = ?")) {
            query.setString(1, node);
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getTimestamp(1).toInstant();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** After a partition in which both sides continue, one side stops and the other one keeps the lease. */
    @Test
    void oneSideOfASplitClusterStops() throws Exception {
        var membersOfA = new AtomicReference<>(members(A, B));
        var membersOfB = new AtomicReference<>(members(B, A));
        var lost = Map.of(A, new CountDownLatch(1), B, new CountDownLatch(1));
        acquire(A, membersOfA, requireNonNull(lost.get(A)));
        acquire(B, membersOfB, requireNonNull(lost.get(B)));
        membersOfA.set(members(A));
        membersOfB.set(members(B));
        Await.until(() -> assertThat(lost.values().stream().filter(it -> it.getCount() == 0))
                .hasSize(1));
        var remaining = requireNonNull(lost.get(A)).getCount() == 1 ? A : B;
        var before = expiry(remaining);
        Await.until(() -> assertThat(expiry(remaining)).isAfter(before));
        assertThat(requireNonNull(lost.get(remaining)).await(SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
    }

    @Test
    void aNodeThatCannotRenewItsLeaseSaysSo() throws SQLException {
        var lease = acquire(A);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE cluster_lease RENAME TO elsewhere");
            Await.until(() -> assertThat(lease.isRenewed()).isFalse());
            statement.execute("ALTER TABLE elsewhere RENAME TO cluster_lease");
            Await.until(() -> assertThat(lease.isRenewed()).isTrue());
        }
    }

    @Test
    void aSecondNodeWithoutSeedsDoesNotStart() {
        var url = TestDatabase.freshUrl();
        Map<String, Object> shortLease = Map.of("guildhall.cluster.lease-duration", "3s");
        var ports = TestNodes.Ports.free();
        var first = TestNodes.open(url, ports, shortLease);
        try {
            assertThatThrownBy(() -> TestNodes.open(url, TestNodes.Ports.free(), shortLease))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("in use by another cluster: 127.0.0.1:" + ports.cluster());
        } finally {
            first.close();
        }
        TestNodes.open(url, ports, shortLease).close();
    }
}
