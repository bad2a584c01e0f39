package io.guildhall.projections.store;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that store an R. The parts of a statement and the values that it binds are all in the order of this one
 * list.
 */
public sealed class Columns<R> permits RecordColumns {
    private final List<Column<R>> list;

    Columns(Stream<Column<R>> columns) {
        this.list = columns.toList();
        if (list.stream().map(Column::name).distinct().count() < list.size())
            throw new IllegalArgumentException("a column is listed twice: " + names());
    }

    /** Columns that are written only. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> Columns<R> of(Field<R>... fields) {
        return of(List.of(fields));
    }

    /** Columns that are written only. */
    public static <R> Columns<R> of(List<Field<R>> fields) {
        return new Columns<>(fields.stream().flatMap(it -> it.columns().stream()));
    }

    public final List<Column<R>> list() {
        return list;
    }

    /** {@code title, skills} */
    public final String names() {
        return joined(Column::name);
    }

    /** {@code ?, ?} */
    public final String expressions() {
        return joined(Column::expression);
    }

    /** {@code title = ?, skills = ?} */
    public final String assignments() {
        return joined(it -> it.name() + " = " + it.expression());
    }

    final String joined(Function<Column<R>, String> text) {
        return list.stream().map(text).collect(Collectors.joining(", "));
    }

    public final Object[] values(R record) {
        return list.stream().flatMap(it -> it.values().apply(record).stream()).toArray();
    }
}
