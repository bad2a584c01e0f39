package io.guildhall.projections.view.search;

import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Words that more than {@value #SHARE} of the documents hold, by the database's own statistics; none before it has made any. */
final class CommonWords {
    private static final double SHARE = 0.02;

    private CommonWords() {}

    static List<String> of(Connection connection) throws SQLException {
        return Sql.list(connection, """
                SELECT word FROM pg_stats, LATERAL (
                       SELECT * FROM unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (word, share)) known
                 WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words' AND word IS NOT NULL AND share > ?
                """, row -> row.getString("word"), SHARE);
    }
}
