package io.guildhall.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One column of a table and what is written to it.
 *
 * @param type as PostgreSQL names it: {@code text}, {@code bigint[]}, …
 * @param expression the SQL that the column is set to, with a {@code ?} for each value
 * @param values reads the values of the expression off a record; {@link Sql} binds them
 */
public record Column<R>(String name, String type, boolean nullable, String expression, Function<R, List<?>> values) {
    /** The same column, written from a record that contains an R. */
    <T> Column<T> of(Function<T, ? extends R> outer) {
        return new Column<>(name, type, nullable, expression, it -> values.apply(outer.apply(it)));
    }

    /** The same column, written from a record that contains an R or nothing. */
    <T> Column<T> optional(Function<T, Optional<R>> outer) {
        return new Column<>(
                name,
                type,
                true,
                expression,
                it -> outer.apply(it).<List<?>>map(values).orElse(List.of(Optional.empty())));
    }
}
