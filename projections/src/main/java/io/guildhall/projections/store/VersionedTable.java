package io.guildhall.projections.store;

import io.guildhall.projections.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table whose column {@code version} is the sequence number of the last event that the row includes. An event that
 * the row includes already changes nothing, so every statement is idempotent. All events that change a row must be of
 * one entity: usually the table has one row for each entity, with the entity's id as its key.
 */
public final class VersionedTable<R> {
    private static final String VERSION = "version";

    /** @param version the sequence number of the last event that the row includes */
    public record Versioned<R>(R row, long version) {}

    private final Table<Versioned<R>> table;
    private final String key;

    /**
     * A table keyed by {@code id}.
     *
     * @param columns all but {@code version}
     */
    public VersionedTable(String name, Columns<R> columns) {
        this(name, "id", columns);
    }

    /**
     * @param key the column of the primary key
     * @param columns all but {@code version}
     */
    public VersionedTable(String name, String key, Columns<R> columns) {
        this.key = key;
        var version = new Column<Versioned<R>>(VERSION, "bigint", false, "?", it -> List.of(it.version()));
        var all = columns.list().stream().map(it -> it.<Versioned<R>>of(Versioned::row));
        this.table = new Table<>(name, new Columns<>(Stream.concat(all, Stream.of(version))), columns, key);
    }

    public Table<?> table() {
        return table;
    }

    /**
     * Inserts a row unless its key exists.
     *
     * @return whether the row was inserted
     */
    public boolean insert(Connection connection, Recorded<?> recorded, R row) throws SQLException {
        return table.insert(connection, new Versioned<>(row, recorded.sequence()));
    }

    /** Inserts the rows whose keys do not exist, as one batch. */
    public void insertAll(Connection connection, List<Versioned<R>> rows) throws SQLException {
        table.insertAll(connection, rows);
    }

    /** Returns those of these keys that have a row. */
    public Set<String> existing(Connection connection, Collection<String> keys) throws SQLException {
        var sql = "SELECT %1$s FROM %2$s WHERE %1$s = ANY(?)".formatted(key, table.name());
        return Set.copyOf(Sql.list(connection, sql, row -> row.getString(1), Sql.texts(List.copyOf(keys))));
    }

    /** Inserts the row of an entity, or replaces all its columns. */
    public void insertOrReplace(Connection connection, Recorded<?> recorded, R row) throws SQLException {
        replaceAll(connection, List.of(new Versioned<>(row, recorded.sequence())));
    }

    /** Inserts rows of different entities, or replaces all columns of those that exist with a lower version. */
    void replaceAll(Connection connection, Collection<Versioned<R>> rows) throws SQLException {
        table.insertOrReplaceAll(connection, rows, VERSION);
    }

    /** Returns the rows with these keys that exist, by key. */
    Map<String, Versioned<R>> find(Connection connection, RecordColumns<R> columns, List<String> keys)
            throws SQLException {
        var found = new HashMap<String, Versioned<R>>();
        Sql.list(
                connection,
                "SELECT %s FROM %s WHERE %s = ANY(?)".formatted(table.names(), table.name(), key),
                row -> found.put(row.getString(key), new Versioned<>(columns.read(row), row.getLong(VERSION))),
                Sql.texts(keys));
        return found;
    }

    /**
     * Changes columns of the entity's row.
     *
     * @param assignments constant SQL, never user input
     * @return whether the row has changed; false if it included this event already
     */
    public boolean change(Connection connection, Recorded<?> recorded, String assignments, Object... values)
            throws SQLException {
        return changeRow(connection, recorded, recorded.entityId(), assignments, values);
    }

    /**
     * Changes columns of the row with this key.
     *
     * @param assignments constant SQL, never user input
     * @return whether the row has changed; false if it included this event already
     */
    public boolean changeRow(
            Connection connection, Recorded<?> recorded, String keyValue, String assignments, Object... values)
            throws SQLException {
        var sql =
                "UPDATE %s SET %s, version = ? WHERE %s = ? AND version < ?".formatted(table.name(), assignments, key);
        var parameters = Sql.join(values, recorded.sequence(), keyValue, recorded.sequence());
        return Sql.update(connection, sql, parameters) == 1;
    }

    /**
     * Sets some of the columns from a value, and changes others.
     *
     * @param assignments further constant SQL
     * @return whether the row has changed; false if it included this event already
     */
    public <V> boolean change(
            Connection connection,
            Recorded<?> recorded,
            Columns<V> columns,
            V value,
            String assignments,
            Object... values)
            throws SQLException {
        return change(
                connection,
                recorded,
                columns.assignments() + ", " + assignments,
                Sql.join(columns.values(value), values));
    }
}
