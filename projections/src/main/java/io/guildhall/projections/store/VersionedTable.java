package io.guildhall.projections.store;

import io.guildhall.projections.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table with one row for each entity, keyed by {@code id}. Its column {@code version} is the sequence number of the
 * last event that the row includes. An event that the row includes already changes nothing, so every statement is
 * idempotent.
 */
public final class VersionedTable<R> {
    private static final String VERSION = "version";

    private record Versioned<R>(R row, long version) {}

    private final Table<Versioned<R>> table;

    /** @param columns all but {@code version} */
    public VersionedTable(String name, Columns<R> columns) {
        var version = new Column<Versioned<R>>(VERSION, "bigint", false, "?", it -> List.of(it.version()));
        var all = columns.list().stream().map(it -> it.<Versioned<R>>of(Versioned::row));
        this.table = new Table<>(name, new Columns<>(Stream.concat(all, Stream.of(version))), columns, "id");
    }

    public Table<?> table() {
        return table;
    }

    /** Inserts the row of a new entity. */
    public void insert(Connection connection, Recorded<?> recorded, R row) throws SQLException {
        table.insert(connection, new Versioned<>(row, recorded.sequence()));
    }

    /** Inserts the row of an entity, or replaces all its columns. */
    public void insertOrReplace(Connection connection, Recorded<?> recorded, R row) throws SQLException {
        table.insertOrReplace(connection, new Versioned<>(row, recorded.sequence()), VERSION);
    }

    /**
     * Changes columns of the entity's row.
     *
     * @param assignments constant SQL, never user input
     * @return whether the row has changed; false if it included this event already
     */
    public boolean change(Connection connection, Recorded<?> recorded, String assignments, Object... values)
            throws SQLException {
        return Sql.change(connection, table.name(), recorded, assignments, values);
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
