package io.guildhall.projections.export.owndata;

import io.guildhall.kernel.Aggregate;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A JSON file of the archive. */
sealed interface Dataset {
    /** The name of the file without its extension. */
    String name();

    /** What the file has, for its reader. */
    String explanation();

    /**
     * The rows of a table that the account has written, or that name it.
     *
     * @param name of the file
     * @param condition on a row, with {@code :account} for the account's id
     * @param order unique columns
     * @param omitted columns that the file does not have
     */
    record Rows(String name, String explanation, String table, String condition, String order, List<String> omitted)
            implements Dataset {
        private static final String ACCOUNT = ":account";

        /** @return a statement with the column {@code entry}, the JSON object of a row */
        String select() {
            var columns = omitted.stream().map(it -> "'" + it + "'").collect(Collectors.joining(","));
            return "SELECT to_jsonb(t) - ARRAY[" + columns + "]::text[] AS entry" + from() + " ORDER BY " + order;
        }

        String count() {
            return "SELECT count(*) AS entries" + from();
        }

        private String from() {
            return " FROM " + table + " t WHERE (" + condition.replace(ACCOUNT, "?") + ")";
        }

        /** The values of the parameters. */
        Object[] values(String accountId) {
            return Collections.nCopies(condition.split(ACCOUNT, -1).length - 1, accountId)
                    .toArray();
        }
    }

    /**
     * The current state of the aggregate whose id is the account's id.
     *
     * @param content what the file has of it
     */
    record Current<S>(String name, String explanation, Aggregate<S, ?, ?, ?> aggregate, Function<S, Object> content)
            implements Dataset {}
}
