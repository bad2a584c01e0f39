package io.guildhall.projections.store;

import io.guildhall.projections.View;
import io.guildhall.projections.store.RebuildRun.RebuildImpossibleException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Empty copies of the tables of a view, in a schema of their own, which a rebuild fills and then puts in the place of the
 * tables that serve. They have the same names, columns, constraints, indexes, triggers, storage parameters and grants. The
 * statements of views and queries name tables without a schema: which tables they mean depends on the schemas in which
 * the transaction looks for them.
 */
final class ShadowTables {
    /**
     * How long the exchange waits for the queries that read a table. Other queries wait in the meantime. Shorter than the
     * time after which PostgreSQL looks for deadlocks (1 s), so that the exchange gives way and not a query.
     */
    private static final String LOCK_TIMEOUT = "400ms";
    /**
     * How long the exchange waits for a vacuum of a table, while queries continue. Longer than the time after which
     * PostgreSQL cancels an autovacuum for a waiting statement (1 s).
     */
    private static final String VACUUM_TIMEOUT = "4s";

    private final String schema;
    private final List<String> tables;

    ShadowTables(View view) {
        this.schema = "rebuild_" + view.name().replace('-', '_');
        this.tables = view.tables().stream().map(Table::name).toList();
    }

    /** Drops what an earlier rebuild has left, and creates empty tables. */
    void create(Connection connection) throws SQLException {
        requireReplaceable(connection);
        drop(connection);
        execute(connection, "CREATE SCHEMA " + schema);
        for (var table : tables) create(connection, table);
    }

    void drop(Connection connection) throws SQLException {
        execute(connection, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    /** Another object's foreign key, sequence or view would belong to the old table after the exchange. */
    private void requireReplaceable(Connection connection) throws SQLException {
        var obstacles = Sql.list(
                connection,
                """
                SELECT 'the constraint ' || conname || ' of ' || conrelid::regclass FROM pg_constraint
                 WHERE contype = 'f' AND (conrelid = ANY(?::regclass[]) OR confrelid = ANY(?::regclass[]))
                UNION
                SELECT 'the view ' || r.ev_class::regclass FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
                 WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid = ANY(?::regclass[]) AND r.ev_class <> d.refobjid
                UNION
                SELECT 'the sequence ' || s.oid::regclass FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                 WHERE d.classid = 'pg_class'::regclass AND d.refobjid = ANY(?::regclass[])
                ORDER BY 1
                """,
                row -> row.getString(1),
                Sql.texts(tables),
                Sql.texts(tables),
                Sql.texts(tables),
                Sql.texts(tables));
        if (!obstacles.isEmpty())
            throw new RebuildImpossibleException("The tables " + String.join(", ", tables)
                    + " cannot be replaced, since other objects depend on them: " + String.join(", ", obstacles)
                    + ". Drop these, rebuild, and create them again.");
    }

    private void create(Connection connection, String table) throws SQLException {
        execute(connection, "CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)".formatted(in(table), table));
        // With their names, which LIKE does not keep: migrations refer to them.
        var statements = Sql.list(connection, """
                WITH live AS (SELECT oid, format('%s.%I', relnamespace::regnamespace, relname) AS name, reloptions, relacl
                                FROM pg_class WHERE oid = ?::regclass),
                     shadow AS (SELECT ?::text AS name)
                SELECT 1, 0::oid, format('ALTER TABLE %s SET (%s)', shadow.name, array_to_string(live.reloptions, ', '))
                  FROM live, shadow WHERE live.reloptions IS NOT NULL
                UNION ALL
                SELECT 2, c.oid, format('ALTER TABLE %s ADD CONSTRAINT %I %s', shadow.name, c.conname, pg_get_constraintdef(c.oid))
                  FROM live, shadow, pg_constraint c WHERE c.conrelid = live.oid AND c.contype IN ('p', 'u', 'x')
                UNION ALL
                SELECT 3, i.indexrelid, regexp_replace(pg_get_indexdef(i.indexrelid), '^(CREATE .*INDEX \\S+ ON )\\S+', '\\1' || shadow.name)
                  FROM live, shadow, pg_index i
                 WHERE i.indrelid = live.oid AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
                UNION ALL
                SELECT 4, t.oid, replace(pg_get_triggerdef(t.oid), ' ON ' || live.name || ' ', ' ON ' || shadow.name || ' ')
                  FROM live, shadow, pg_trigger t WHERE t.tgrelid = live.oid AND NOT t.tgisinternal
                UNION ALL
                SELECT 5, a.grantee, format('GRANT %s ON %s TO %s', a.privilege_type, shadow.name,
                                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
                  FROM live, shadow, aclexplode(live.relacl) a
                ORDER BY 1, 2
                """, row -> row.getString(3), table, in(table));
        for (var statement : statements) execute(connection, statement);
    }

    private String in(String table) {
        return schema + "." + table;
    }

    /**
     * Until the transaction ends or {@link #leave}, statements refer to these tables. The locks keep the tables until
     * then: if they were dropped, statements would refer to the tables in use.
     */
    void enter(Connection connection) throws SQLException {
        execute(
                connection,
                "LOCK TABLE " + String.join(", ", tables.stream().map(this::in).toList()) + " IN ROW EXCLUSIVE MODE");
        Sql.list(
                connection,
                "SELECT set_config('search_path', ? || current_setting('search_path'), true)",
                _ -> true,
                schema + ", ");
    }

    /** Statements mean the tables that serve again. Checks deferred constraints, which would prevent an exchange. */
    void leave(Connection connection) throws SQLException {
        execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        execute(connection, "SET LOCAL search_path TO DEFAULT");
    }

    /** Computes what the planner must know of the rows. Takes a while, and blocks no query. */
    void analyze(Connection connection) throws SQLException {
        for (var table : tables) execute(connection, "ANALYZE " + in(table));
    }

    /**
     * Until the transaction ends, no vacuum of the tables in use can run. Blocks neither queries nor writes.
     *
     * @throws SQLException with the state {@code 55P03} if a vacuum has not ended in time
     */
    void preventVacuum(Connection connection) throws SQLException {
        lock(connection, "SHARE UPDATE EXCLUSIVE", VACUUM_TIMEOUT);
    }

    /** Returns the transactions with locks on the tables in use, oldest first; for operators. */
    List<String> users(Connection connection) throws SQLException {
        return Sql.list(connection, """
                SELECT concat_ws(' ', backend_type, pid, nullif(application_name, ''), 'since', date_trunc('second', xact_start))
                  FROM pg_stat_activity
                 WHERE pid <> pg_backend_pid()
                   AND pid IN (SELECT pid FROM pg_locks
                                WHERE granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                                  AND relation = ANY(?::regclass[]))
                 ORDER BY xact_start LIMIT 3
                """, row -> row.getString(1), Sql.texts(tables));
    }

    /**
     * Puts these tables in the place of those that serve, which are dropped. Queries that wait for a table find the new
     * one.
     *
     * @throws SQLException with the state {@code 55P03} if queries that read a table have not ended in time
     */
    void exchange(Connection connection) throws SQLException {
        lock(connection, "ACCESS EXCLUSIVE", LOCK_TIMEOUT);
        requireUnchanged(connection);
        var live = Sql.list(
                        connection,
                        "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = ?::regclass",
                        row -> row.getString(1),
                        tables.getFirst())
                .getFirst();
        execute(connection, "DROP TABLE " + String.join(", ", tables));
        for (var table : tables) execute(connection, "ALTER TABLE " + in(table) + " SET SCHEMA " + live);
        execute(connection, "DROP SCHEMA " + schema);
    }

    /**
     * A migration may have changed the tables that serve since these were created.
     *
     * @throws IllegalStateException if it has: the rebuild must start again
     */
    private void requireUnchanged(Connection connection) throws SQLException {
        var all = Stream.concat(tables.stream(), tables.stream().map(this::in)).toList();
        var changes = Sql.list(
                connection, """
                SELECT item FROM (
                    SELECT concat_ws(' ', 'column', attname, 'of', replace(attrelid::regclass::text, ?, ''),
                                     format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END)
                      FROM pg_attribute WHERE attrelid = ANY(?::regclass[]) AND attnum > 0 AND NOT attisdropped
                    UNION ALL
                    SELECT concat_ws(' ', 'index', i.relname, 'of', replace(indrelid::regclass::text, ?, ''))
                      FROM pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indrelid = ANY(?::regclass[])) AS items (item)
                 GROUP BY item HAVING count(*) <> 2 ORDER BY item
                """, row -> row.getString(1), schema + ".", Sql.texts(all), schema + ".", Sql.texts(all));
        if (!changes.isEmpty())
            throw new IllegalStateException("the tables have changed: " + String.join(", ", changes));
    }

    private void lock(Connection connection, String mode, String timeout) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = '" + timeout + "'");
        execute(connection, "LOCK TABLE " + String.join(", ", tables) + " IN " + mode + " MODE");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
