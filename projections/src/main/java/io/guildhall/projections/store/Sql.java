package io.guildhall.projections.store;

import com.pgvector.PGvector;
import io.guildhall.projections.Recorded;
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
import org.postgresql.util.PGobject;

/**
 * Statements on a connection that somebody else has opened. Takes values as the domain has them: texts, numbers, instants, enums, optional
 * ones, vectors as {@code float[]}, and lists by {@link #texts}, {@link #longs} and {@link #integers}. A character that the database cannot hold (NUL, half a
 * surrogate pair) is stored as U+FFFD, so that no text, however hostile, stops a follower.
 */
public final class Sql {
    private static final int PATIENCE_SECONDS = 10;

    private Sql() {}

    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param query as PostgreSQL writes one; read once, where a cast would read it for every row */
    public static Object tsquery(String query) {
        return new Typed("tsquery", query);
    }

    /** A JSON text for a {@code jsonb} column. */
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

    public static Object integers(List<Integer> elements) {
        return array("integer", elements);
    }

    /** @param type of an element, as PostgreSQL names it */
    static Object array(String type, List<?> elements) {
        return new Array(type, elements);
    }

    /** How many rows it has touched. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            return statement.executeUpdate();
        }
    }

    /** The same statement for each of these rows of values, sent together. */
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

    /**
     * Changes the row of an entity in a table with {@code id} and {@code version}, unless the row has taken this event in before.
     *
     * @param assignments constant SQL, never a text from outside
     * @return whether it has changed it
     */
    public static boolean change(
            Connection connection, String table, Recorded<?> recorded, String assignments, Object... values)
            throws SQLException {
        var sql = "UPDATE " + table + " SET " + assignments + ", version = ? WHERE id = ? AND version < ?";
        return update(connection, sql, join(values, recorded.sequence(), recorded.entityId(), recorded.sequence()))
                == 1;
    }

    public static <T> List<T> list(Connection connection, String sql, RowReader<T> reader, Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            bind(connection, statement, values);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) found.add(reader.read(rows));
                return found;
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

    public static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** @param element {@code String[].class}, {@code Long[].class}, …: what the column's elements are */
    public static <T> List<T> list(ResultSet row, String column, Class<T[]> element) throws SQLException {
        return List.of(element.cast(row.getArray(column).getArray()));
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, plain(connection, values[i]));
    }

    private static Object plain(Connection connection, Object value) throws SQLException {
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

    private static Object[] plain(Connection connection, List<?> elements) throws SQLException {
        var plain = new Object[elements.size()];
        for (int i = 0; i < plain.length; i++) plain[i] = plain(connection, elements.get(i));
        return plain;
    }

    private static PGobject typed(Typed it) throws SQLException {
        var object = new PGobject();
        object.setType(it.type());
        object.setValue(storable(it.value()));
        return object;
    }

    /** The same text, without what the database cannot hold. */
    public static String storable(String text) {
        boolean fine = text.chars().allMatch(it -> it != 0 && !Character.isSurrogate((char) it));
        if (fine) return text;
        var mended = new StringBuilder(text.length());
        text.codePoints()
                .map(it -> it == 0 || Character.getType(it) == Character.SURROGATE ? '\uFFFD' : it)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }
}
