package io.guildhall.projections.store;

import com.pgvector.PGvector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Executes statements on a connection of the caller. Values are bound as the domain has them: texts, numbers, instants,
 * enums, optional values, vectors as {@code float[]}, and lists by {@link #texts}, {@link #longs} and {@link #instants}. A
 * character that the database cannot store (NUL, an unpaired surrogate) is stored as U+FFFD, so that no text stops a
 * follower.
 */
public final class Sql {
    private static final int QUERY_TIMEOUT_SECONDS = 10;

    private Sql() {}

    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param query in PostgreSQL's syntax; parsed once, where a cast in SQL would be evaluated for every row */
    public static Object tsquery(String query) {
        return new Typed("tsquery", query);
    }

    /** A value for a JSONB column, from its text. */
    public static Object json(String json) {
        return new Typed("jsonb", json);
    }

    private record Typed(String type, String value) {}

    private record Array(String type, List<?> elements) {}

    public static Object texts(List<String> elements) {
        return array("text", elements);
    }

    public static Object longs(List<Long> elements) {
        return array("bigint", elements);
    }

    public static Object instants(List<Instant> elements) {
        return array("timestamptz", elements);
    }

    /** @param type of an element, as PostgreSQL names it */
    static Object array(String type, List<?> elements) {
        return new Array(type, elements);
    }

    /** Returns the number of rows that were changed. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            return statement.executeUpdate();
        }
    }

    /** Executes the statement once for each row of values, as one batch. */
    public static void updateEach(Connection connection, String sql, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) return;
        try (var statement = connection.prepareStatement(sql)) {
            for (var values : rows) {
                bind(connection, statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    public static <T> List<T> list(Connection connection, String sql, RowReader<T> reader, Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            bind(connection, statement, values);
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) list.add(reader.read(rows));
                return list;
            }
        }
    }

    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** Reads rows without holding all of them in memory, in a transaction of the caller. */
    public static void forEach(Connection connection, String sql, int fetchSize, RowConsumer consumer, Object... values)
            throws SQLException {
        if (connection.getAutoCommit()) throw new IllegalStateException("rows are read from a cursor in a transaction");
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetchSize);
            bind(connection, statement, values);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) consumer.accept(rows);
            }
        }
    }

    public static Object[] join(Object[] values, Object... more) {
        return Stream.of(values, more).flatMap(Stream::of).toArray();
    }

    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    public static Optional<float[]> vector(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? Optional.empty() : Optional.of(new PGvector(text).toArray());
    }

    /** @param element the class of the array: {@code String[].class}, {@code Long[].class}, … */
    public static <T> List<T> list(ResultSet row, String column, Class<T[]> element) throws SQLException {
        return List.of(element.cast(row.getArray(column).getArray()));
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, plain(connection, values[i]));
    }

    private static @Nullable Object plain(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case String it -> storable(it);
            case Instant it -> it.equals(Instant.MAX) ? OffsetDateTime.MAX : it.atOffset(ZoneOffset.UTC);
            case Enum<?> it -> it.name();
            case Optional<?> it -> it.isPresent() ? plain(connection, it.get()) : null;
            case OptionalInt it -> it.isPresent() ? it.getAsInt() : null;
            case float[] it -> new PGvector(it);
            case Typed it -> typed(it);
            case Array it -> connection.createArrayOf(it.type(), plain(connection, it.elements()));
            default -> value;
        };
    }

    private static @Nullable Object[] plain(Connection connection, List<?> elements) throws SQLException {
        var plain = new @Nullable Object[elements.size()];
        for (int i = 0; i < plain.length; i++) plain[i] = plain(connection, elements.get(i));
        return plain;
    }

    private static PGobject typed(Typed it) throws SQLException {
        var object = new PGobject();
        object.setType(it.type());
        object.setValue(storable(it.value()));
        return object;
    }

    /** Returns the text with U+FFFD for every character that the database cannot store. */
    public static String storable(String text) {
        boolean isStorable = text.chars().allMatch(it -> it != 0 && !Character.isSurrogate((char) it));
        if (isStorable) return text;
        var replaced = new StringBuilder(text.length());
        text.codePoints()
                .map(it -> it == 0 || Character.getType(it) == Character.SURROGATE ? '\uFFFD' : it)
                .forEach(replaced::appendCodePoint);
        return replaced.toString();
    }
}
