package io.guildhall.projections.view.search;

import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a query says, and which of it chooses documents. To rank takes some 20 µs a document, so the rarest words and names choose as long as
 * all together are held by {@value #RANKED} documents; the others count where these, or the meaning, have chosen. How rare they are is known
 * from the database's own statistics: what those do not name, or before there are any, is rare. A name is as rare as its rarest word.
 *
 * @param all nothing where nothing is said
 * @param choosing nothing where all is too common
 */
record QueryTerms(Optional<Object> all, Optional<Object> choosing) {
    private static final int RANKED = 150;

    private static final String SQL = """
            WITH said AS (
              SELECT ARRAY[word] AS parts, quote_literal(word) AS term FROM unnest(tsvector_to_array(to_tsvector('english', ?))) word
               UNION ALL
              SELECT tsvector_to_array(to_tsvector('english', name)), phraseto_tsquery('english', name)::text FROM unnest(?::text[]) name),
            held AS (
              SELECT word, share
                FROM pg_stats, LATERAL (SELECT * FROM unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (word, share)) known
               WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words'),
            rated AS (
              SELECT term, min(coalesce(share, 0)) AS share FROM said CROSS JOIN unnest(parts) part LEFT JOIN held ON word = part GROUP BY term),
            ranked AS (
              SELECT term, sum(share) OVER rarest AS together, row_number() OVER rarest AS rank FROM rated WINDOW rarest AS (ORDER BY share, term))
            SELECT string_agg(term, ' | ') AS words, string_agg(term, ' | ') FILTER (WHERE together <= ? OR rank <= ?) AS choosing FROM ranked
            """;

    /**
     * @param also names, each of one word or more
     * @param documents among which is looked, about
     * @param least so many choose, however often they are held
     */
    static QueryTerms of(Connection connection, String text, List<String> also, long documents, int least)
            throws SQLException {
        double share = (double) RANKED / Math.max(documents, 1);
        return Sql.list(connection, SQL, QueryTerms::words, text, Sql.texts(also), share, least)
                .getFirst();
    }

    private static QueryTerms words(ResultSet row) throws SQLException {
        return new QueryTerms(
                Sql.text(row, "words").map(Sql::tsquery),
                Sql.text(row, "choosing").map(Sql::tsquery));
    }
}
