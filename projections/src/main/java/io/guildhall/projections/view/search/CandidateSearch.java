package io.guildhall.projections.view.search;

import io.guildhall.kernel.SearchKey;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.SimilarityScale;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What answers a query: the nearest by meaning and the best by words, each {@value #MAX_MATCHES} of them, scored alike. Where filters leave few, each
 * of those is compared: an index that looks at the nearest first would find too few of them. Else the index goes on until it has enough.
 */
final class CandidateSearch {
    /** How deep a search goes: the last page ends with the last of these. */
    private static final int POOL = 60;
    /** So many does the index look at for them: the more, the fewer it misses. */
    private static final int LOOKED_AT = 120;

    private static final Pattern ROWS = Pattern.compile(" rows=(\\d+) ");
    /** So many are compared one by one in a few milliseconds. */
    private static final int FEW = 5_000;

    private final StringBuilder sql = new StringBuilder("WITH ");
    private final List<Object> values = new ArrayList<>();
    private final Query query;
    private final SqlFilter where;

    private CandidateSearch(Query query) {
        this.query = query;
        this.where = SqlFilter.of(query.kind(), query.filter());
    }

    /** In no order. Within a transaction. */
    static List<Hit> of(Connection connection, Query query) throws SQLException {
        long documents = estimate(connection, SqlFilter.of(query.kind(), query.filter()));
        boolean isFew = documents <= FEW;
        var found = new CandidateSearch(query).on(connection, documents, isFew);
        // The index gives up after so many that do not pass; whoever is left is compared one by one.
        boolean isStarved = !isFew
                && found.stream().filter(it -> it.similarity().isPresent()).count() < POOL;
        double least = least(query);
        return (isStarved && !query.vectors().isEmpty()
                        ? new CandidateSearch(query).on(connection, documents, true)
                        : found)
                .stream()
                        .filter(it -> it.words() > 0 || it.similarity().orElse(-1) >= least)
                        .toList();
    }

    private List<Hit> on(Connection connection, long documents, boolean isFew) throws SQLException {
        if (!isFew) deeper(connection);
        for (int i = 0; i < query.vectors().size(); i++)
            nearest(i, query.vectors().get(i), isFew);
        // Without a meaning there is nothing else to find it by.
        int least = query.vectors().isEmpty() ? 1 : 0;
        var words = QueryTerms.of(connection, query.text(), query.expansion(), documents, least);
        best(words);
        compared(words);
        add("SELECT * FROM compared");
        return Sql.list(connection, sql.toString(), this::hit, values.toArray());
    }

    /** How many pass the filters, as the database's statistics have it: to count them takes longer than to find the best. */
    private static long estimate(Connection connection, SqlFilter where) throws SQLException {
        var plan = Sql.list(
                connection,
                "EXPLAIN SELECT FROM search_document d WHERE " + where.sql(),
                row -> row.getString(1),
                where.values().toArray());
        var rows = ROWS.matcher(plan.getFirst());
        return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }

    private CandidateSearch add(String part, Object... its) {
        sql.append(part).append(' ');
        values.addAll(List.of(its));
        return this;
    }

    private CandidateSearch where() {
        return add(where.sql(), where.values().toArray());
    }

    private static void deeper(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL hnsw.ef_search = " + LOOKED_AT + "; SET LOCAL hnsw.iterative_scan = relaxed_order");
        }
    }

    private void nearest(int i, QueryVector asked, boolean isFew) {
        add("nearest" + i + " AS MATERIALIZED (");
        add("SELECT d.id FROM search_document d JOIN embedding.vector v ON v.id = d.id WHERE")
                .add(isOfModel(), asked.model())
                .add("AND")
                .where();
        add("ORDER BY (v.embedding <#> ?)", asked.vector());
        // Without the zero the planner may take the index, which is for many.
        if (isFew) add("+ 0");
        add("LIMIT " + POOL + "),");
    }

    private void best(QueryTerms words) {
        add(
                        "best AS MATERIALIZED (SELECT d.id, ts_rank_cd(d.words, ?::tsquery, 32) AS matched FROM search_document d",
                        words.all())
                .add("WHERE d.words @@ ?::tsquery AND", words.choosing())
                .where()
                .add("ORDER BY matched DESC, d.id LIMIT " + POOL + "),");
    }

    private void compared(QueryTerms words) {
        var meanings = query.vectors();
        add("found AS (SELECT id, max(matched) AS matched FROM (SELECT id, matched FROM best");
        for (int i = 0; i < meanings.size(); i++) add("UNION ALL SELECT id, NULL FROM nearest" + i);
        add(") either GROUP BY id), compared AS (SELECT d.id, greatest(NULL");
        for (var it : meanings) add(", -(v.embedding <#> ?)", it.vector());
        add(
                ")::float8 AS similarity, coalesce(found.matched, ts_rank_cd(d.words, ?::tsquery, 32))::float8 AS matched, (0",
                words.all());
        for (var spellings : query.skills()) add("+ (d.skill_keys && ?)::int", Sql.texts(SearchKey.from(spellings)));
        add(") AS named");
        add("FROM found JOIN search_document d USING (id)");
        add("LEFT JOIN embedding.vector v ON v.id = d.id AND")
                .add(
                        isOfModel(),
                        meanings.stream().map(QueryVector::model).findFirst().orElse(""))
                .add(")");
    }

    /** The kind is part of the text, so that the one table of its vectors is chosen before, and not while, the statement runs. */
    private String isOfModel() {
        return "v.kind = '" + query.kind() + "' AND v.model = ?";
    }

    private static double least(Query query) {
        return query.vectors().stream()
                .findFirst()
                .map(it -> SimilarityScale.forModel(it.model()).minSimilarity())
                .orElse(1.0);
    }

    private Hit hit(ResultSet row) throws SQLException {
        double similarity = row.getDouble("similarity");
        boolean isUnread = row.wasNull();
        double words = row.getDouble("matched");
        return new Hit(
                row.getString("id"),
                score(isUnread ? 0 : similarity, words, row.getInt("named")),
                isUnread ? OptionalDouble.empty() : OptionalDouble.of(similarity),
                words);
    }

    private double score(double similarity, double words, int named) {
        double meaning = query.vectors().isEmpty() ? 0 : query.weights().meaning();
        double skills = query.skills().isEmpty() ? 0 : query.weights().skills();
        double part = skills == 0 ? 0 : (double) named / query.skills().size();
        return (meaning * Math.clamp(similarity, 0, 1) + query.weights().words() * words + skills * part)
                / (meaning + query.weights().words() + skills);
    }
}
