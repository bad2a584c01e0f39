package io.guildhall.background;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures that say nothing about the work itself from others: a service did not respond, was not reachable or had
 * no capacity. Then the same work can succeed later.
 */
public final class Outage {
    /** Connection, transaction rollback, resources, locks, operator intervention, system error. */
    private static final Set<String> SQL_STATES = Set.of("08", "40", "53", "55", "57", "58");

    private Outage() {}

    public static boolean isCauseOf(Throwable failure) {
        for (var it = failure; it != null; it = it.getCause()) if (isOutage(it)) return true;
        return false;
    }

    private static boolean isOutage(Throwable failure) {
        return switch (failure) {
            case JsonProcessingException _ -> false;
            case TimeoutException _,
                    InterruptedException _,
                    RejectedExecutionException _,
                    IOException _,
                    OutOfMemoryError _,
                    SQLTransientException _,
                    SQLRecoverableException _ -> true;
            case SQLException e -> isOutage(e.getSQLState());
            default -> false;
        };
    }

    /** @param sqlState null if the failure does not come from the server */
    private static boolean isOutage(@Nullable String sqlState) {
        return sqlState == null || SQL_STATES.contains(sqlState.substring(0, Math.min(2, sqlState.length())));
    }
}
