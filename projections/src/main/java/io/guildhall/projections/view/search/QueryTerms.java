package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The terms of a query as text search queries: its words, and the names that expand it. Ranking costs some 20 µs a
 * document, so only the rarest terms select candidates, while together they occur in about {@value #MAX_RANKED}
 * documents. The other terms count in the score of the candidates. The frequency of a word is taken from the database's
 * statistics; a word that these do not contain counts as rare. A name is as rare as its rarest word.
 *
 * @param all empty if the query has no terms
 * @param selective empty if every term is too common
 */
record QueryTerms(Optional<Object> all, Optional<Object> selective) {
    private static final int MAX_RANKED = 150;

    private static final String SQL = """
            WITH query_term AS (
              SELECT ARRAY[word] AS words, quote_literal(word) AS term FROM unnest(tsvector_to_array(to_tsvector('english', ?))) word
               UNION ALL
              SELECT tsvector_to_array(to_tsvector('english', name)), phraseto_tsquery('english', name)::text FROM unnest(?::text[]) name),
            known_word AS (
              SELECT word, frequency
                FROM pg_stats,
                     LATERAL (SELECT * FROM unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (word, frequency)) known
               WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'words'),
            rated AS (
              SELECT term, min(coalesce(frequency, 0)) AS frequency
                FROM query_term CROSS JOIN unnest(words) query_word LEFT JOIN known_word ON word = query_word GROUP BY term),
            ranked AS (
              SELECT term, sum(frequency) OVER rarest AS total_frequency, row_number() OVER rarest AS rank
                FROM rated WINDOW rarest AS (ORDER BY frequency, term))
            SELECT string_agg(term, ' | ') AS all_terms,
                   string_agg(term, ' | ') FILTER (WHERE total_frequency <= ? OR rank <= ?) AS selective_terms
              FROM ranked
            """;

    /** @param documents estimated number of documents that meet the query's filter */
    static QueryTerms from(Connection connection, Query query, long documents) throws SQLException {
        double maxFrequency = (double) MAX_RANKED / Math.max(documents, 1);
        // Without a vector the query can select candidates by terms only.
        int minSelective = query.vectors().isEmpty() ? 1 : 0;
        return Sql.list(
                        connection,
                        SQL,
                        QueryTerms::read,
                        query.words(),
                        Sql.texts(query.expansion()),
                        maxFrequency,
                        minSelective)
                .getFirst();
    }

    private static QueryTerms read(ResultSet row) throws SQLException {
        return new QueryTerms(
                Sql.text(row, "all_terms").map(Sql::tsquery),
                Sql.text(row, "selective_terms").map(Sql::tsquery));
    }
}
