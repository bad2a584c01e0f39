package io.guildhall.projections.view.search;

import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.Criterion;
import io.guildhall.projections.view.NotSuspended;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The condition that a listed document {@code d} meets a filter.
 *
 * @param criteria what the filter itself requires: constant SQL, with a {@code ?} for each value
 */
record SqlFilter(String criteria, List<Object> values) {
    private static final String IS_OFFERED = NotSuspended.owner("d.owner_id");
    private static final String LISTED = "d.listed AND d.kind = ?";
    private static final String RATED_AT_LEAST =
            "(SELECT avg(overall) FROM record_review WHERE freelancer_id = d.owner_id) >= ?";
    private static final String AVAILABLE = "d.availability IN ('AVAILABLE', 'PARTLY')";
    private static final String NOT_ANSWERED_BY =
            "NOT EXISTS (SELECT FROM proposal WHERE job_id = d.id AND freelancer_id = ?)";

    /** @param spellings constant SQL: a column, or {@code ?} */
    static String namesSkill(String spellings) {
        return "d.skill_keys && " + spellings;
    }

    /** @param accountId constant SQL: a column, or {@code ?} */
    static String isNotOwnedBy(String accountId) {
        return "d.owner_id <> " + accountId;
    }

    /** The pattern names every component of a filter: a new component does not compile until it is handled here. */
    static SqlFilter from(Filter filter) {
        var builder = new Builder();
        return switch (filter) {
            case Filter(
                    SearchCriteria criteria,
                    List<Set<String>> skillSpellings,
                    OptionalDouble ratingAtLeast,
                    boolean available,
                    Optional<String> newTo) -> {
                builder.add(LISTED, criteria.kind());
                for (var it : Criterion.values())
                    it.value(criteria).ifPresent(value -> builder.add(it.condition(), value));
                skillSpellings.forEach(it -> builder.add(namesSkill("?"), Sql.texts(SearchKey.from(it))));
                ratingAtLeast.ifPresent(it -> builder.add(RATED_AT_LEAST, it));
                if (available) builder.add(AVAILABLE);
                newTo.ifPresent(it -> {
                    builder.add(isNotOwnedBy("?"), it);
                    builder.add(NOT_ANSWERED_BY, it);
                });
                yield new SqlFilter(String.join(" AND ", builder.conditions), List.copyOf(builder.values));
            }
        };
    }

    /** The whole condition: the document meets the criteria, and its owner is not suspended. */
    String sql() {
        return criteria + " AND " + IS_OFFERED;
    }

    /** Returns those of these documents that meet the filter now. */
    Set<String> matching(Connection connection, Collection<String> ids) throws SQLException {
        var sql = "SELECT d.id FROM search_document d WHERE d.id = ANY(?) AND " + sql();
        var values = new ArrayList<>();
        values.add(Sql.texts(List.copyOf(ids)));
        values.addAll(this.values);
        return Set.copyOf(Sql.list(connection, sql, row -> row.getString("id"), values.toArray()));
    }

    private static final class Builder {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, Object... bound) {
            conditions.add(condition);
            values.addAll(List.of(bound));
        }
    }
}
