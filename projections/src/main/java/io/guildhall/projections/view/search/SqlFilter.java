package io.guildhall.projections.view.search;

import static io.guildhall.projections.view.search.SqlFilter.Condition.*;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.Price;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition that a listed document {@code d} of a kind meets a filter.
 *
 * @param sql constant, with a {@code ?} for each value
 */
record SqlFilter(String sql, List<Object> values) {
    /** The conditions that a filter can set on a document {@code d}. Searches and saved searches use the same ones. */
    enum Condition {
        CATEGORY("d.category_key = %1$s", "category_key"),
        SKILL("d.skill_keys && %1$s"),
        CURRENCY("d.currency = %1$s", "currency"),
        PRICE_AT_LEAST("d.price_max >= %1$s", "price_least"),
        PRICE_AT_MOST("d.price_min <= %1$s", "price_most"),
        DELIVERY_DAYS("d.delivery_days <= %1$s", "delivery_days"),
        RATING_AT_LEAST("(SELECT avg(overall) FROM record_review WHERE freelancer_id = d.owner_id) >= %1$s"),
        EXPERIENCE_LEVEL("d.experience_level = %1$s", "experience_level"),
        AVAILABLE("d.availability IN ('AVAILABLE', 'PARTLY')"),
        NOT_OWNED_BY("d.owner_id <> %1$s"),
        NOT_ANSWERED_BY("NOT EXISTS (SELECT FROM proposal WHERE job_id = d.id AND freelancer_id = %1$s)");

        private final String sql;
        private final Optional<String> savedSearchColumn;

        /** @param sql with {@code %1$s} for the value */
        Condition(String sql) {
            this.sql = sql;
            this.savedSearchColumn = Optional.empty();
        }

        /**
         * @param savedSearchColumn the column of {@code saved_search} that holds the value, null if the condition is
         *     not set
         */
        Condition(String sql, String savedSearchColumn) {
            this.sql = sql;
            this.savedSearchColumn = Optional.of(savedSearchColumn);
        }

        /** @param value constant SQL: a column, or {@code ?} */
        String on(String value) {
            return sql.formatted(value);
        }

        /** The conditions that a saved search {@code s} sets with its columns, joined by AND. */
        static String ofSavedSearch() {
            return Stream.of(values())
                    .flatMap(condition -> condition.savedSearchColumn.stream()
                            .map("s."::concat)
                            .map(column -> "(" + column + " IS NULL OR " + condition.on(column) + ")"))
                    .collect(Collectors.joining("\n   AND "));
        }
    }

    /** The pattern names every component of a filter: a new component does not compile until it is handled here. */
    static SqlFilter from(Kind kind, Filter filter) {
        var builder = new Builder();
        builder.sql.append("d.listed AND d.kind = ?");
        builder.values.add(kind.name());
        return switch (filter) {
            case Filter(
                    Optional<String> category,
                    List<Set<String>> skills,
                    Optional<Price> price,
                    OptionalInt deliveryDays,
                    OptionalDouble ratingAtLeast,
                    boolean available,
                    Optional<ExperienceLevel> experienceLevel,
                    Optional<String> newTo) -> {
                category.ifPresent(it -> builder.and(CATEGORY, SearchKey.from(it)));
                skills.forEach(it -> builder.and(SKILL, Sql.texts(SearchKey.from(it))));
                price.ifPresent(it -> {
                    builder.and(CURRENCY, it.currency());
                    it.atLeast().ifPresent(amount -> builder.and(PRICE_AT_LEAST, amount));
                    it.atMost().ifPresent(amount -> builder.and(PRICE_AT_MOST, amount));
                });
                deliveryDays.ifPresent(it -> builder.and(DELIVERY_DAYS, it));
                ratingAtLeast.ifPresent(it -> builder.and(RATING_AT_LEAST, it));
                if (available) builder.and(AVAILABLE);
                experienceLevel.ifPresent(it -> builder.and(EXPERIENCE_LEVEL, it));
                newTo.ifPresent(it -> {
                    builder.and(NOT_OWNED_BY, it);
                    builder.and(NOT_ANSWERED_BY, it);
                });
                yield new SqlFilter(builder.sql.toString(), List.copyOf(builder.values));
            }
        };
    }

    /** Returns those of these documents that meet the filter now. */
    Set<String> matching(Connection connection, Collection<String> ids) throws SQLException {
        var sql = "SELECT d.id FROM search_document d WHERE d.id = ANY(?) AND " + this.sql;
        var values = new ArrayList<>();
        values.add(Sql.texts(List.copyOf(ids)));
        values.addAll(this.values);
        return Set.copyOf(Sql.list(connection, sql, row -> row.getString("id"), values.toArray()));
    }

    private static final class Builder {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        void and(Condition condition, Object... bound) {
            sql.append(" AND ").append(condition.on("?"));
            values.addAll(List.of(bound));
        }
    }
}
