package io.guildhall.projections.store;

import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;

/** One row of a result. */
@FunctionalInterface
public interface Row {
    /** Returns the column's value as the driver has it, or nothing for {@code NULL}. */
    Optional<Object> value(String column) throws SQLException;

    /** @throws NoSuchElementException for {@code NULL} */
    default <V> V get(String column, SqlType<V> type) throws SQLException {
        return find(column, type).orElseThrow(() -> new NoSuchElementException("column " + column + " is NULL"));
    }

    default <V> Optional<V> find(String column, SqlType<V> type) throws SQLException {
        var value = value(column);
        return value.isPresent() ? Optional.of(type.fromSql().convert(value.get())) : Optional.empty();
    }
}
