package io.guildhall.projections.store;

import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.kernel.Money;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One component of a record and the columns that store it: name, type and accessor in one place.
 *
 * @param javaType what the component is declared as
 * @param columns usually one
 * @param reader returns the component's value of a row
 * @param component the component's name, if it is not part of the column's name
 */
public record Field<R>(Class<?> javaType, List<Column<R>> columns, Reader<?> reader, Optional<String> component) {
    /** The column that holds the currency of all amounts of its row. */
    private static final String CURRENCY = "currency";

    @FunctionalInterface
    public interface Reader<V> {
        V read(Row row) throws SQLException;
    }

    private Field(Class<?> javaType, List<Column<R>> columns, Reader<?> reader) {
        this(javaType, columns, reader, Optional.empty());
    }

    public static <R, V> Field<R> column(String name, SqlType<V> type, Function<R, V> accessor) {
        return new Field<>(
                type.javaType(),
                List.of(written(name, type, false, it -> type.toSql().apply(accessor.apply(it)))),
                row -> row.get(name, type));
    }

    public static <R, V> Field<R> optional(String name, SqlType<V> type, Function<R, Optional<V>> accessor) {
        return new Field<>(
                Optional.class,
                List.of(written(name, type, true, it -> accessor.apply(it).map(type.toSql()))),
                row -> row.find(name, type));
    }

    public static <R> Field<R> optionalInteger(String name, Function<R, OptionalInt> accessor) {
        return new Field<>(
                OptionalInt.class,
                List.of(written(name, INTEGER, true, accessor)),
                row -> row.find(name, INTEGER).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    /** An amount of money, in minor units of the currency in the row's column {@code currency}. */
    public static <R> Field<R> amount(String name, Function<R, Money> accessor) {
        return new Field<>(
                Money.class,
                List.of(written(name, BIGINT, false, it -> accessor.apply(it).amount())),
                row -> new Money(row.get(name, BIGINT), row.get(CURRENCY, TEXT)));
    }

    /** An amount that is not always known; its currency is in the row's column {@code currency}. */
    public static <R> Field<R> optionalAmount(String name, Function<R, Optional<Money>> accessor) {
        return new Field<>(
                Optional.class,
                List.of(written(name, BIGINT, true, it -> accessor.apply(it).map(Money::amount))),
                row -> {
                    var amount = row.find(name, BIGINT);
                    var currency = row.find(CURRENCY, TEXT);
                    return amount.flatMap(units -> currency.map(it -> new Money(units, it)));
                });
    }

    /** A record within the record. */
    public static <R, V> Field<R> embedded(RecordColumns<V> columns, Function<R, V> accessor) {
        return new Field<>(
                columns.recordType(),
                columns.list().stream().map(it -> it.<R>of(accessor)).toList(),
                columns::read);
    }

    /** A record within the record that is not always known. Without it, all its columns are {@code NULL}. */
    public static <R, V> Field<R> optionalEmbedded(RecordColumns<V> columns, Function<R, Optional<V>> accessor) {
        var first = columns.list().getFirst().name();
        return new Field<>(
                Optional.class,
                columns.list().stream().map(it -> it.optional(accessor)).toList(),
                row -> row.value(first).isPresent() ? Optional.of(columns.read(row)) : Optional.empty());
    }

    /**
     * A list of records as parallel arrays, one for each column of an element. A column that the element reads but does
     * not write, such as the currency, is the row's.
     *
     * @param prefix of the arrays' names
     */
    public static <R, E> Field<R> arrays(String prefix, RecordColumns<E> element, Function<R, List<E>> accessor) {
        return new Field<>(
                List.class,
                element.list().stream().map(it -> array(prefix, it, accessor)).toList(),
                row -> elements(prefix, element, row));
    }

    private static <R, E> Column<R> array(String prefix, Column<E> column, Function<R, List<E>> accessor) {
        Function<R, List<?>> values = row -> List.of(Sql.array(
                column.type(),
                accessor.apply(row).stream()
                        .flatMap(it -> column.values().apply(it).stream())
                        .toList()));
        return new Column<>(prefix + column.name(), column.type() + "[]", false, "?", values);
    }

    private static <E> List<E> elements(String prefix, RecordColumns<E> element, Row row) throws SQLException {
        var arrays = new HashMap<String, Object[]>();
        for (var it : element.list()) {
            var array = (Array) row.value(prefix + it.name()).orElseThrow();
            arrays.put(it.name(), (Object[]) array.getArray());
        }
        int length = arrays.values().iterator().next().length;
        var elements = new ArrayList<E>(length);
        for (int i = 0; i < length; i++) {
            int index = i;
            elements.add(element.read(
                    name -> arrays.containsKey(name) ? Optional.ofNullable(arrays.get(name)[index]) : row.value(name)));
        }
        return elements;
    }

    /** The same, for a component whose name differs from that of its column. */
    public Field<R> ofComponent(String name) {
        return new Field<>(javaType, columns, reader, Optional.of(name));
    }

    /** A component that a query finds elsewhere: the table has no column for it. */
    public static <R> Field<R> readOnly(Field<R> field) {
        return new Field<>(field.javaType, List.of(), field.reader);
    }

    /** A column that is only written, with an SQL expression. */
    public static <R> Field<R> computed(String name, String type, String expression, Function<R, List<?>> values) {
        return new Field<>(Object.class, List.of(new Column<>(name, type, false, expression, values)), row -> {
            throw new UnsupportedOperationException("column " + name + " is only written");
        });
    }

    /** The columns of a part of the record, which are only written. */
    public static <R, V> Field<R> writeOnly(Columns<V> columns, Function<R, V> accessor) {
        return new Field<>(
                Object.class,
                columns.list().stream().map(it -> it.<R>of(accessor)).toList(),
                row -> {
                    throw new UnsupportedOperationException("columns " + columns.names() + " are only written");
                });
    }

    private static <R> Column<R> written(String name, SqlType<?> type, boolean nullable, Function<R, ?> accessor) {
        return new Column<>(name, type.name(), nullable, "?", it -> List.of(accessor.apply(it)));
    }
}
