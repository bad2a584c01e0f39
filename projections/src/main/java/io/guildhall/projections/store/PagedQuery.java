package io.guildhall.projections.store;

import static java.util.stream.Collectors.joining;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.store.Sql.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Queries a list page by page, in the order of its key.
 *
 * @param keyColumns the columns of the key, which {@code keyset} reads off a row
 */
public record PagedQuery<T>(Keyset<T> keyset, Order order, List<String> keyColumns, RowReader<T> reader) {
    public enum Order {
        ASCENDING,
        DESCENDING
    }

    /**
     * A list in descending order of its ids, which must all begin with the time of their creation. Accounts, jobs and
     * gigs have other ids where they were seeded.
     */
    public static <T> PagedQuery<T> newestFirst(
            String list, String idColumn, RowReader<T> reader, Function<T, String> id) {
        // All ids sort before the tilde.
        var keyset = new Keyset<T>(list, List.of("~"), row -> List.of(id.apply(row)));
        return new PagedQuery<>(keyset, Order.DESCENDING, List.of(idColumn), reader);
    }

    /** A list in descending order of a time, with the id for rows of the same time. */
    public static <T> PagedQuery<T> newestFirst(
            String list,
            String timeColumn,
            String idColumn,
            RowReader<T> reader,
            Function<T, Instant> time,
            Function<T, String> id) {
        var keyset = new Keyset<T>(list, List.of(Instant.MAX, ""), row -> List.of(time.apply(row), id.apply(row)));
        return new PagedQuery<>(keyset, Order.DESCENDING, List.of(timeColumn, idColumn), reader);
    }

    /**
     * @param select a {@code SELECT} that ends with a condition, to which the conditions of the page are added
     * @param values the values of its parameters
     */
    public Page<T> page(Connection connection, Page.Request page, String select, Object... values) throws SQLException {
        var sql = select
                + " AND (%s) %s (%s) ORDER BY %s LIMIT ?"
                        .formatted(
                                String.join(", ", keyColumns),
                                order == Order.ASCENDING ? ">" : "<",
                                String.join(", ", Collections.nCopies(keyColumns.size(), "?")),
                                keyColumns.stream()
                                        .map(it -> order == Order.ASCENDING ? it : it + " DESC")
                                        .collect(joining(", ")));
        return keyset.page(
                page,
                (after, limit) ->
                        Sql.list(connection, sql, reader, Sql.join(Sql.join(values, after.toArray()), limit)));
    }
}
