package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.Search;
import io.guildhall.projections.store.Reading;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.Keyset;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/**
 * The nearest by meaning and the best by words, each {@value #POOL} of them, scored alike and put in one order. Where filters leave few, each
 * of those is compared: an index that looks at the nearest first would find too few of them. Else the index goes on until it has enough.
 */
public final class SqlSearch implements Search {
    /** How deep a search goes: the last page ends with the last of these. */
    private static final int POOL = 300;
    /** So many are compared one by one in a few milliseconds. */
    private static final int FEW = 5_000;
    /** Of meaning, the rest is of words. */
    private static final double MEANING = 0.85;
    /** So near to each other do texts of bge-small lie that have nothing in common (0.51 at most in a few dozen pairs, 0.57 at least where they had). */
    private static final double LEAST_SIMILARITY = 0.56;

    private static final Keyset<Hit> BY_SCORE = new Keyset<>(
            "search", List.of(bits(Double.POSITIVE_INFINITY), ""), hit -> List.of(bits(hit.score()), hit.id()));

    private static final Keyset<Listed> LATEST =
            new Keyset<>("listed", List.of(Instant.MAX, ""), it -> List.of(it.at(), it.id()));

    private final Reading reading;

    public SqlSearch(Reading reading) {
        this.reading = reading;
    }

    /** So that not a digit of a score is lost in a cursor. */
    private static long bits(double score) {
        return Double.doubleToLongBits(score);
    }

    @Override
    public CompletionStage<Page<Hit>> find(Query query, Page.Request page) {
        return reading.ask(connection -> {
            connection.setAutoCommit(false);
            try {
                var found = BY_SCORE.page(page, (after, limit) -> hits(connection, query, after, limit));
                connection.commit();
                return found;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    @Override
    public CompletionStage<Page<Listed>> browse(Kind kind, Filter filter, Page.Request page) {
        var where = Where.of(kind, filter);
        var sql = "SELECT d.id, d.listed_at FROM search_document d WHERE " + where.sql()
                + " AND (d.listed_at, d.id) < (?, ?) ORDER BY d.listed_at DESC, d.id DESC LIMIT ?";
        return reading.ask(connection -> LATEST.page(page, (after, limit) -> {
            var values = new ArrayList<>(where.values());
            values.addAll(after);
            values.add(limit);
            return Sql.list(connection, sql, SqlSearch::listed, values.toArray());
        }));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(row.getString("id"), Sql.instant(row, "listed_at").orElseThrow());
    }

    private static List<Hit> hits(Connection connection, Query query, List<?> after, int limit) throws SQLException {
        var where = Where.of(query.kind(), query.filter());
        var sql = new StringBuilder("WITH ");
        var values = new ArrayList<Object>();
        if (query.meaning().isPresent()) {
            boolean isFew = isFew(connection, where);
            if (!isFew) deeper(connection);
            nearest(sql, values, query, where, isFew);
        }
        best(sql, values, query, where);
        scored(sql, values, query);
        sql.append(" SELECT * FROM scored WHERE (similarity >= ? OR matched > 0) AND (score, id) < (?, ?)")
                .append(" ORDER BY score DESC, id DESC LIMIT ?");
        values.addAll(List.of(LEAST_SIMILARITY, Double.longBitsToDouble((Long) after.get(0)), after.get(1), limit));
        return Sql.list(connection, sql.toString(), SqlSearch::hit, values.toArray());
    }

    private static boolean isFew(Connection connection, Where where) throws SQLException {
        var sql = "SELECT count(*) FROM (SELECT FROM search_document d WHERE " + where.sql() + " LIMIT " + (FEW + 1)
                + ") n";
        return Sql.list(connection, sql, row -> row.getInt(1), where.values().toArray())
                        .getFirst()
                <= FEW;
    }

    private static void deeper(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL hnsw.ef_search = " + POOL);
            statement.execute("SET LOCAL hnsw.iterative_scan = relaxed_order");
        }
    }

    private static void nearest(StringBuilder sql, List<Object> values, Query query, Where where, boolean isFew) {
        var asked = query.meaning().orElseThrow();
        // Without the zero the planner may take the index, which is for many.
        sql.append("nearest AS MATERIALIZED (SELECT d.id FROM search_document d JOIN embedding.vector v ON v.id = d.id")
                .append(" WHERE v.kind = ? AND v.model = ? AND ")
                .append(where.sql())
                .append(" ORDER BY (v.embedding <#> ?::text::vector)")
                .append(isFew ? " + 0" : "")
                .append(" LIMIT ")
                .append(POOL)
                .append("), ");
        values.add(query.kind().name());
        values.add(asked.model());
        values.addAll(where.values());
        values.add(SqlEmbeddings.literal(asked.vector()));
    }

    private static void best(StringBuilder sql, List<Object> values, Query query, Where where) {
        sql.append(
                        "asked AS MATERIALIZED (SELECT replace(plainto_tsquery('english', ?)::text, '&', '|')::tsquery AS words), ")
                .append(
                        "best AS MATERIALIZED (SELECT d.id FROM search_document d, asked WHERE d.words @@ asked.words AND ")
                .append(where.sql())
                .append(" ORDER BY ts_rank_cd(d.words, asked.words, 32) DESC, d.id LIMIT ")
                .append(POOL)
                .append("), ");
        values.add(query.text());
        values.addAll(where.values());
    }

    private static void scored(StringBuilder sql, List<Object> values, Query query) {
        var similarity = query.meaning().isPresent() ? "-(v.embedding <#> ?::text::vector)" : "NULL::float8";
        sql.append("found AS (SELECT id FROM best")
                .append(query.meaning().isPresent() ? " UNION SELECT id FROM nearest" : "")
                .append("), compared AS (SELECT d.id, ")
                .append(similarity)
                .append(" AS similarity, ts_rank_cd(d.words, asked.words, 32)::float8 AS matched")
                .append(" FROM found JOIN search_document d USING (id) CROSS JOIN asked")
                .append(" LEFT JOIN embedding.vector v ON v.kind = ? AND v.id = d.id AND v.model = ?), ")
                .append(
                        "scored AS (SELECT *, ? * greatest(coalesce(similarity, 0), 0) + ? * matched AS score FROM compared)");
        query.meaning().ifPresent(it -> values.add(SqlEmbeddings.literal(it.vector())));
        values.add(query.kind().name());
        values.add(query.meaning().map(it -> it.model()).orElse(""));
        values.add(query.meaning().isPresent() ? MEANING : 0.0);
        values.add(query.meaning().isPresent() ? 1 - MEANING : 1.0);
    }

    private static Hit hit(ResultSet row) throws SQLException {
        double similarity = row.getDouble("similarity");
        var known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(similarity);
        return new Hit(row.getString("id"), row.getDouble("score"), known, row.getDouble("matched"));
    }
}
