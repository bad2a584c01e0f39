package io.guildhall.projections.store;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns that store a Java record and restore it: one field for each component, in the order of the components.
 * What is written and what is read cannot differ, because both follow from the same list.
 */
public final class RecordColumns<R> extends Columns<R> implements Sql.RowReader<R> {
    private final Constructor<R> constructor;
    private final List<Field<R>> fields;

    private RecordColumns(Constructor<R> constructor, List<Field<R>> fields, Stream<Column<R>> more) {
        super(Stream.concat(fields.stream().flatMap(it -> it.columns().stream()), more));
        this.constructor = constructor;
        this.fields = fields;
    }

    /**
     * @throws IllegalArgumentException if the fields are not those of the record's components, in their order. The name
     *     of a column contains that of its component, as {@code published_at} does for {@code publishedAt}, unless the field names another component
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R extends Record> RecordColumns<R> of(Class<R> record, Field<R>... fields) {
        var components = record.getRecordComponents();
        boolean matches = components.length == fields.length
                && IntStream.range(0, fields.length).allMatch(i -> matches(components[i], fields[i]));
        if (!matches)
            throw new IllegalArgumentException(
                    "the components of " + record + " do not match the fields " + List.of(fields));
        try {
            var constructor = record.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordColumns<>(constructor, List.of(fields), Stream.empty());
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every record has its canonical constructor", e);
        }
    }

    private static boolean matches(RecordComponent component, Field<?> field) {
        boolean hasName = field.component()
                .map(component.getName()::equals)
                .orElseGet(() -> field.columns().size() != 1
                        || field.columns().getFirst().name().contains(snakeCase(component.getName())));
        return hasName && MethodType.methodType(component.getType()).wrap().returnType() == field.javaType();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }

    /** The same with further columns, which follow from the record and are only written: a search key, a sum. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final RecordColumns<R> with(Field<R>... derived) {
        var columns = Stream.of(derived).flatMap(it -> it.columns().stream());
        return new RecordColumns<>(constructor, fields, Stream.concat(derivedColumns(), columns));
    }

    private Stream<Column<R>> derivedColumns() {
        return list().stream()
                .skip(fields.stream().mapToInt(it -> it.columns().size()).sum());
    }

    public Class<R> recordType() {
        return constructor.getDeclaringClass();
    }

    @Override
    public R read(ResultSet row) throws SQLException {
        return read(name -> Optional.ofNullable(row.getObject(name)));
    }

    R read(Row row) throws SQLException {
        var arguments = new Object[fields.size()];
        for (int i = 0; i < arguments.length; i++)
            arguments[i] = fields.get(i).reader().read(row);
        try {
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + recordType() + " from its columns", e);
        }
    }
}
