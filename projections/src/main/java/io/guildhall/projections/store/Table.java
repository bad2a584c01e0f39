package io.guildhall.projections.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A table whose rows are written from an R. Its statements follow from its columns. */
public final class Table<R> {
    private final String name;
    private final Columns<R> columns;
    private final Columns<?> declared;
    private final String insert;

    /** @param key the columns of the primary key */
    public Table(String name, Columns<R> columns, String... key) {
        this(name, columns, columns, key);
    }

    Table(String name, Columns<R> columns, Columns<?> declared, String... key) {
        this.name = name;
        this.columns = columns;
        this.declared = declared;
        this.insert = "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO "
                .formatted(name, columns.names(), columns.expressions(), String.join(", ", key));
    }

    public String name() {
        return name;
    }

    public List<Column<R>> columns() {
        return columns.list();
    }

    /** The columns as the view declares them, without {@code version}. */
    public Columns<?> declaredColumns() {
        return declared;
    }

    /**
     * Inserts the row unless its key exists.
     *
     * @return whether the row was inserted
     */
    public boolean insert(Connection connection, R row) throws SQLException {
        return Sql.update(connection, insert + "NOTHING", columns.values(row)) == 1;
    }

    /** Inserts the rows whose keys do not exist, as one batch. */
    public void insertAll(Connection connection, List<R> rows) throws SQLException {
        Sql.updateEach(
                connection,
                insert + "NOTHING",
                rows.stream().map(columns::values).toList());
    }

    /** Inserts the rows, or replaces those whose keys exist with a lower version, as one batch. No two have the same key. */
    public void insertOrReplaceAll(Connection connection, Collection<R> rows, String version) throws SQLException {
        var replacement = columns.list().stream()
                .map(it -> "%1$s = excluded.%1$s".formatted(it.name()))
                .collect(Collectors.joining(", "));
        var sql = insert + "UPDATE SET %s WHERE %2$s.%3$s < excluded.%3$s".formatted(replacement, name, version);
        Sql.updateEach(connection, sql, rows.stream().map(columns::values).toList());
    }

    /** The names of all columns. */
    String names() {
        return columns.names();
    }
}
