package io.guildhall.projections.view.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Estimates how many documents meet a filter, from the database's statistics. Counting them would take longer than the
 * search.
 */
final class PlannerEstimate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlannerEstimate() {}

    /** Without the condition on suspensions: few accounts are suspended, but the planner assumes half of them. */
    static long documents(Connection connection, SqlFilter filter) throws SQLException {
        var plan = Sql.list(
                        connection,
                        "EXPLAIN (FORMAT JSON) SELECT FROM search_document d WHERE " + filter.criteria(),
                        row -> row.getString(1),
                        filter.values().toArray())
                .getFirst();
        try {
            return JSON.readTree(plan)
                    .required(0)
                    .required("Plan")
                    .required("Plan Rows")
                    .asLong();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new SQLException("the query plan has no estimate: " + plan, e);
        }
    }
}
