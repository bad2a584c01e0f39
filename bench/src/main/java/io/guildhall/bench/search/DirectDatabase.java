package io.guildhall.bench.search;

import com.pgvector.PGvector;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Searches in the database without the program. */
final class DirectDatabase implements AutoCloseable {
    private final Connection connection;

    DirectDatabase(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl + "&prepareThreshold=1");
    }

    void set(String setting) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET " + setting);
        }
    }

    /** The closest gigs by exact comparison with every vector. */
    List<String> exact(float[] query, String filter) {
        return closest(
                "SELECT v.id FROM search_document d JOIN embedding.vector_gig v ON v.id = d.id WHERE d.listed AND d.kind = 'GIG' AND "
                        + filter + " ORDER BY (v.embedding <#> ?) + 0 LIMIT " + QueryMeasurement.LIMIT,
                query);
    }

    /** The closest gigs by the approximate index. */
    List<String> byIndex(float[] query, String filter) {
        return closest(
                filter.equals("true")
                        ? "SELECT id FROM embedding.vector_gig ORDER BY embedding <#> ? LIMIT " + QueryMeasurement.LIMIT
                        : "SELECT v.id FROM embedding.vector_gig v JOIN search_document d ON v.id = d.id WHERE d.listed AND d.kind = 'GIG' AND "
                                + filter + " ORDER BY v.embedding <#> ? LIMIT " + QueryMeasurement.LIMIT,
                query);
    }

    private List<String> closest(String sql, float[] query) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, new PGvector(query));
            try (var rows = statement.executeQuery()) {
                var ids = new ArrayList<String>();
                while (rows.next()) ids.add(rows.getString(1));
                return ids;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
