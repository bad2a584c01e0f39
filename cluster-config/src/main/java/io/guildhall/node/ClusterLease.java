package io.guildhall.node;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.embedded.StartupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of a cluster to use the database. Two clusters on one database would both run every entity and process.
 * Each node has a row in {@code cluster_lease} with the members of its cluster, which it renews. A row belongs to the
 * same cluster if its node is a member here, or if a member here is a member there. While another cluster has a row
 * that has not expired, no row can be added or renewed. Times are those of the database.
 *
 * <p>Renewing the lease is also a probe of the node's writes: it is a commit on the pool of the journal.
 */
final class ClusterLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLease.class);
    private static final long LOCK = 7_412;
    /** How often the lease is renewed before it would expire. */
    private static final int RENEWALS = 5;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final DataSource database;
    private final Duration duration;
    private final String node;
    private final Supplier<Set<String>> members;
    private final Runnable onLost;
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean isLost;
    private volatile @Nullable BackgroundLoop renewal;

    /** The lease of another cluster. */
    private record Foreign(String node, List<String> members, Instant since, Instant expiresAt) {
        StartupException refusal() {
            return new StartupException("The database is in use by another cluster: "
                    + members.stream().map(Foreign::address).sorted().collect(Collectors.joining(", ")) + ", since "
                    + since + ". Stop that cluster, or use another database (DATABASE_URL, --data). A node that is to"
                    + " join that cluster needs the addresses of its nodes in GUILDHALL_SEEDS.");
        }

        /** Without the protocol and the number of the incarnation. */
        private static String address(String member) {
            return member.replaceFirst("^.*@", "").replaceFirst("#.*$", "");
        }
    }

    /** A node as the lease knows it. */
    static String name(org.apache.pekko.cluster.Member member) {
        return member.uniqueAddress().address() + "#" + member.uniqueAddress().longUid();
    }

    private ClusterLease(
            DataSource database, Duration duration, String node, Supplier<Set<String>> members, Runnable onLost) {
        this.database = database;
        this.duration = duration;
        this.node = node;
        this.members = members;
        this.onLost = onLost;
    }

    /**
     * Acquires the lease for a node that is a member of its cluster. Waits for the lease of a cluster that has crashed
     * to expire.
     *
     * @param duration until the lease of a node that has died expires
     * @param members of the node's cluster at any time, itself included
     * @param onLost called when another cluster has the lease, which it can take after this one could not renew it
     * @throws StartupException naming the other cluster
     */
    static ClusterLease acquire(
            DataSource database,
            Duration duration,
            String node,
            Supplier<Set<String>> members,
            BackgroundLoops loops,
            Runnable onLost)
            throws SQLException {
        var lease = new ClusterLease(database, duration, node, members, onLost);
        awaitNone(lease::renew);
        lease.renewal = loops.start("cluster-lease", lease::keep);
        return lease;
    }

    /** Waits until no cluster has the lease. */
    static void awaitFree(DataSource database) throws SQLException {
        awaitNone(() -> {
            try (var connection = database.getConnection()) {
                return exists(connection) ? foreign(connection, Set.of()) : Optional.empty();
            }
        });
    }

    private interface Attempt {
        Optional<Foreign> run() throws SQLException;
    }

    /** Refuses if the other cluster renews its lease, so it is alive; otherwise waits until it expires. */
    private static void awaitNone(Attempt attempt) throws SQLException {
        var first = attempt.run();
        first.ifPresent(it -> LOG.info(
                "Another cluster has the lease of the database until {}; waiting for its end", it.expiresAt()));
        for (var now = first; now.isPresent(); now = attempt.run()) {
            var wasRenewed = now.get().expiresAt().isAfter(first.orElseThrow().expiresAt());
            if (wasRenewed) throw now.get().refusal();
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while waiting for the lease of another cluster.", e);
        }
    }

    /** Whether any cluster has the lease. */
    static boolean isHeld(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            return exists(connection) && foreign(connection, Set.of()).isPresent();
        }
    }

    /** For a database that only this process can use: what is there was left by a cluster that has died. */
    static void deleteAll(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            if (exists(connection)) statement.executeUpdate("DELETE FROM cluster_lease");
        }
    }

    /** The table does not exist before the first migration. */
    private static boolean exists(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT to_regclass('cluster_lease') IS NOT NULL");
                var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Extends the lease, unless another cluster has it. The lock makes this atomic among all nodes. */
    private Optional<Foreign> renew() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var now = members.get();
                lock(connection);
                var foreign = foreign(connection, now);
                if (foreign.isEmpty()) write(connection, now);
                connection.commit();
                if (foreign.isEmpty()) renewedAt = System.nanoTime();
                return foreign;
            } finally {
                // Rolls back, if it was not committed.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    private static Optional<Foreign> foreign(Connection connection, Set<String> members) throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT node, members, since, expires_at FROM cluster_lease
                         WHERE expires_at > now() AND node <> ALL(?) AND NOT members && ?
                         ORDER BY expires_at DESC LIMIT 1
                        """)) {
            var array = connection.createArrayOf("text", members.toArray());
            query.setArray(1, array);
            query.setArray(2, array);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                return Optional.of(new Foreign(
                        rows.getString("node"),
                        Arrays.asList((String[]) rows.getArray("members").getArray()),
                        rows.getTimestamp("since").toInstant(),
                        rows.getTimestamp("expires_at").toInstant()));
            }
        }
    }

    private void write(Connection connection, Set<String> members) throws SQLException {
        try (var expired = connection.prepareStatement("DELETE FROM cluster_lease WHERE expires_at <= now()");
                var write = connection.prepareStatement("""
                        INSERT INTO cluster_lease (node, members, expires_at) VALUES (?, ?, now() + ? * interval '1 ms')
                        ON CONFLICT (node) DO UPDATE SET members = excluded.members, expires_at = excluded.expires_at
                        """)) {
            expired.executeUpdate();
            write.setString(1, node);
            write.setArray(2, connection.createArrayOf("text", members.toArray()));
            write.setLong(3, duration.toMillis());
            write.executeUpdate();
        }
    }

    private Duration keep() throws SQLException {
        var foreign = isLost ? Optional.<Foreign>empty() : renew();
        foreign.ifPresent(it -> {
            LOG.error("The lease is lost; stopping this node. {}", it.refusal().getMessage());
            isLost = true;
            onLost.run();
        });
        return duration.dividedBy(RENEWALS);
    }

    /** Whether the lease was renewed recently, so that the node can write to the database. */
    boolean isRenewed() {
        return System.nanoTime() - renewedAt < duration.toNanos() / 2;
    }

    /** The number of nodes that have the lease. */
    int nodes() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT count(*) FROM cluster_lease WHERE expires_at > now()");
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Gives the lease of this node up, so that the next one starts without a wait. */
    @Override
    public void close() {
        var running = renewal;
        if (running != null) running.close();
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM cluster_lease WHERE node = ?")) {
            delete.setString(1, node);
            delete.executeUpdate();
        } catch (SQLException e) {
            LOG.warn(
                    "The lease of this node could not be given up; it expires in {} s: {}",
                    duration.toSeconds(),
                    e.getMessage());
        }
    }
}
