package io.guildhall.node;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.adapter.postgres.PostgresPersonKeys;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Database.Part;
import io.guildhall.projections.audit.Auditor;
import io.guildhall.projections.notify.delivery.NotificationDelivery;
import io.guildhall.projections.notify.mail.MailDelivery;
import io.guildhall.projections.relay.WebhookDelivery;
import io.guildhall.projections.relay.WebhookRelay;
import io.guildhall.projections.store.Deadlines;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.ViewRebuilds;
import io.guildhall.projections.store.WaitingProposalTable;
import io.guildhall.projections.view.account.SqlSessions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * The sizes and timeouts of the connection pools. A statement that takes too long is cancelled by the server; if the
 * server does not respond either, its connection is closed {@link #SOCKET_MARGIN} later. So a server that vanishes
 * without closing its connections holds a caller no longer than that.
 *
 * @param connectTimeout of a new connection, with login
 * @param waitTimeout how long a caller waits for a connection of a pool
 */
public record ConnectionPools(Duration connectTimeout, Duration waitTimeout, Map<Part, Pool> pools, Pool migrations) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SOCKET_MARGIN = Duration.ofSeconds(2);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);
    /** Between two statements of a transaction. Much longer than a node computes there, or pauses to collect garbage. */
    private static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    /** To connect while a node starts, when it shares the processors with others that start. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
    private static final int MIN_IDLE = 1;
    private static final int MIGRATION_CONNECTIONS = 3;

    /**
     * Followers and the search index find rows by their keys. A plan that was made while a table was small would read all
     * rows later, or all of an owner.
     */
    private static final String KEYS_ONLY =
            "; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

    /**
     * A follower's commit does not wait for the disk: after a crash of the server its rows are lost together with its
     * position, and it reads the events again.
     */
    private static final String FOLLOWER_SETTINGS = KEYS_ONLY + "; SET synchronous_commit = off";

    /** @param statementTimeout of one statement */
    record Pool(int connections, Duration statementTimeout) {}

    /** @throws StartupException if a pool has fewer connections than its part uses at the same time */
    static ConnectionPools from(Config config) {
        var pools = new EnumMap<Part, Pool>(Part.class);
        for (var part : Part.values()) pools.put(part, pool(part, config.getConfig("pools." + key(part))));
        return new ConnectionPools(
                config.getDuration("connect-timeout"),
                config.getDuration("wait-timeout"),
                Map.copyOf(pools),
                new Pool(MIGRATION_CONNECTIONS, config.getDuration("migration-timeout")));
    }

    private static Pool pool(Part part, Config config) {
        int connections = config.getInt("connections");
        if (connections < minimum(part))
            throw new StartupException("guildhall.database.pools." + key(part) + ".connections (GUILDHALL_CONNECTIONS_"
                    + part + ") is " + connections
                    + ", and this part of a node uses up to " + minimum(part)
                    + " connections at the same time. Set it to at least " + minimum(part) + ".");
        return new Pool(connections, config.getDuration("statement-timeout"));
    }

    /** What the part uses beyond the limit that is derived from its pool, and at least one connection for the rest. */
    private static int minimum(Part part) {
        return switch (part) {
            case JOURNAL -> WriteSide.OTHER_CONNECTIONS + 1;
            case QUERIES -> ReadSide.OTHER_QUERY_CONNECTIONS + 1;
            case SESSIONS -> SqlSessions.SWEEP_CONNECTIONS + 1;
            case SEARCH_INDEX -> ReadSide.ALERT_CONCURRENCY + 1;
            case FOLLOWERS -> Followers.CONNECTIONS + ViewRebuilds.CONNECTIONS;
            case DEADLINES -> Deadlines.CONNECTIONS + WaitingProposalTable.CONNECTIONS;
            case AUDIT -> Auditor.CONNECTIONS;
            case SANDBOX -> ExternalServices.WEBHOOK_CONNECTIONS + 1;
            case REQUESTS -> HttpEdge.IDEMPOTENCY_CONNECTIONS + 1;
            case MAIL ->
                MailDelivery.CONNECTIONS + NotificationDelivery.CONNECTIONS + ExternalServices.OUTBOX_CONNECTIONS;
            case WEBHOOKS -> WebhookDelivery.CONNECTIONS + WebhookRelay.CONNECTIONS;
            case MESSAGE_SEARCHES -> 1;
            case LIVE_EVENTS -> ReadSide.SWEEP_CONNECTIONS + 1;
            case PERSON_KEYS -> PostgresPersonKeys.OTHER_CONNECTIONS + 1;
            case LIVE -> SharedState.OTHER_CONNECTIONS + 2;
        };
    }

    static String key(Part part) {
        return part.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Pool pool(Part part) {
        return requireNonNull(pools.get(part));
    }

    /** The number of connections that a node can open. */
    int total() {
        return pools.values().stream().mapToInt(Pool::connections).sum();
    }

    /**
     * Checks that the server accepts the connections of all nodes.
     *
     * @param accepted the number of connections that the server has for this program
     * @throws StartupException saying what to change
     */
    void requireCapacity(int nodes, int accepted) {
        int required = nodes * total();
        if (required <= accepted) return;
        throw new StartupException((nodes == 1 ? "A node opens" : nodes + " nodes open") + " up to " + required
                + " database connections (each node: "
                + pools.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> key(it.getKey()) + " " + it.getValue().connections())
                        .collect(joining(", "))
                + "), and the database accepts " + accepted + ". Raise max_connections of PostgreSQL by "
                + (required - accepted)
                + ", or lower guildhall.database.pools.*.connections (GUILDHALL_CONNECTIONS_*).");
    }

    interface Check {
        void on(Connection connection) throws SQLException;
    }

    /** Connects once, runs the check, and checks the capacity of the server for one node. */
    void requireSupported(String url, Check check) {
        try (var connection = DriverManager.getConnection(url, properties("start", START_TIMEOUT, CHECK_TIMEOUT))) {
            check.on(connection);
            requireCapacity(1, acceptedConnections(connection));
        } catch (SQLException e) {
            throw Database.unreachable(e);
        }
    }

    /** The number of connections that the server has for ordinary users. */
    static int acceptedConnections(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT sum(CASE name WHEN 'max_connections' THEN setting::int ELSE -setting::int END)
                          FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
                        """);
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Opens the pool of a part. It connects when it is first used. */
    HikariDataSource open(String url, Part part) {
        var pool = open(url, key(part), pool(part), connectTimeout, waitTimeout);
        pool.setConnectionInitSql(
                sessionSettings(pool(part).statementTimeout(), IDLE_IN_TRANSACTION_TIMEOUT) + partSettings(part));
        return pool;
    }

    private static String partSettings(Part part) {
        return switch (part) {
            case FOLLOWERS -> FOLLOWER_SETTINGS;
            case SEARCH_INDEX -> KEYS_ONLY;
            default -> "";
        };
    }

    /** Flyway holds its lock in a transaction that is idle while a migration runs on another connection. */
    HikariDataSource openForMigrations(String url) {
        var pool = open(url, "migrations", migrations, START_TIMEOUT, START_TIMEOUT);
        pool.setConnectionInitSql(sessionSettings(migrations.statementTimeout(), migrations.statementTimeout()));
        return pool;
    }

    private static HikariDataSource open(String url, String name, Pool settings, Duration connect, Duration wait) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(properties(name, connect, settings.statementTimeout()));
        pool.setMaximumPoolSize(settings.connections());
        pool.setMinimumIdle(MIN_IDLE);
        pool.setConnectionTimeout(wait.toMillis());
        pool.setValidationTimeout(wait.toMillis());
        pool.setKeepaliveTime(KEEPALIVE.toMillis());
        // If the server is unavailable when the pool is first used, only that use fails.
        pool.setInitializationFailTimeout(-1);
        // The default of PostgreSQL. If the first connection broke while HikariCP asks for it, no later one could be
        // opened.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setPoolName(name);
        return pool;
    }

    /**
     * The server shows the {@code application_name} of the connections: it names the part, and is different on each node and
     * after each start.
     *
     * @param name of the part
     */
    private static Properties properties(String name, Duration connect, Duration statementTimeout) {
        var properties = new Properties();
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
        PGProperty.APPLICATION_NAME.set(
                properties, "guildhall " + name + " " + HexFormat.of().toHexDigits(RANDOM.nextLong()));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(connect));
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds(connect));
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, seconds(CANCEL_TIMEOUT));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(statementTimeout.plus(SOCKET_MARGIN)));
        return properties;
    }

    /**
     * The server ends what a node has left that vanished without closing its connections: otherwise an open transaction
     * would hold its locks, and with them the readers of the journal or the delivery of mails, for hours.
     */
    private static String sessionSettings(Duration statementTimeout, Duration idleInTransactionTimeout) {
        return """
                SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d;
                SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3""".formatted(statementTimeout.toMillis(), idleInTransactionTimeout.toMillis());
    }

    /** The driver counts in seconds; 0 would mean no timeout. */
    private static int seconds(Duration duration) {
        return Math.max(1, (int) duration.plusMillis(999).toSeconds());
    }
}
