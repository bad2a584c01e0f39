package io.guildhall.projections.store;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * How a Java value is stored in a column.
 *
 * @param name of the type in PostgreSQL: {@code text}, {@code bigint[]}, …
 * @param javaType the class of the values, as a record component declares it
 * @param toSql returns what {@link Sql} binds
 * @param fromSql converts what the driver returns for a column or for an element of an array
 */
public record SqlType<V>(
        String name, Class<? super V> javaType, Function<? super V, Object> toSql, FromSql<? extends V> fromSql) {
    @FunctionalInterface
    public interface FromSql<V> {
        V convert(Object value) throws SQLException;
    }

    public static final SqlType<String> TEXT = simple("text", String.class);
    public static final SqlType<Integer> INTEGER = simple("integer", Integer.class);
    public static final SqlType<Long> BIGINT = simple("bigint", Long.class);
    public static final SqlType<BigDecimal> NUMERIC = simple("numeric", BigDecimal.class);
    public static final SqlType<Boolean> BOOLEAN = simple("boolean", Boolean.class);
    public static final SqlType<Instant> TIMESTAMP =
            new SqlType<>("timestamp with time zone", Instant.class, it -> it, it -> ((Timestamp) it).toInstant());
    public static final SqlType<List<String>> TEXTS =
            new SqlType<>("text[]", List.class, Sql::texts, it -> List.of((String[]) ((Array) it).getArray()));

    private static <V> SqlType<V> simple(String name, Class<V> javaType) {
        return new SqlType<>(name, javaType, it -> it, javaType::cast);
    }

    /** A constant of an enum, stored by its name. */
    public static <E extends Enum<E>> SqlType<E> enumOf(Class<E> type) {
        return new SqlType<>("text", type, it -> it, it -> Enum.valueOf(type, (String) it));
    }
}
