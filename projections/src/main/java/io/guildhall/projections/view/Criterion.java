package io.guildhall.projections.view;

import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.Field;
import io.guildhall.projections.store.SqlType;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One criterion of a search that compares a column of a document {@code d} with a value: for a search, the value of its
 * criteria; for a saved search {@code s}, the value of its column. A new criterion is one constant.
 */
public enum Criterion {
    CATEGORY("d.category_key = %s", "category_key", TEXT, it -> it.category().map(SearchKey::from)),
    CURRENCY("d.currency = %s", "currency", TEXT, it -> it.price().map(PriceRange::currency)),
    PRICE_AT_LEAST("d.price_max >= %s", "price_least", BIGINT, it -> it.price().flatMap(PriceRange::atLeast)),
    PRICE_AT_MOST("d.price_min <= %s", "price_most", BIGINT, it -> it.price().flatMap(PriceRange::atMost)),
    DELIVERY_DAYS("d.delivery_days <= %s", "delivery_days", INTEGER, SearchCriteria::deliveryDays),
    EXPERIENCE_LEVEL(
            "d.experience_level = %s",
            "experience_level", enumOf(ExperienceLevel.class), SearchCriteria::experienceLevel);

    /** The columns of {@code saved_search} that hold the values; null where a criterion is not set. */
    public static final Columns<SearchCriteria> COLUMNS =
            Columns.of(Stream.of(values()).map(it -> it.field).toList());

    private final String predicate;
    private final String column;
    private final Field<SearchCriteria> field;
    private final Function<SearchCriteria, Optional<Object>> value;

    /**
     * @param predicate on the document, with {@code %s} for the value
     * @param column of {@code saved_search}
     * @param accessor empty where the criterion is not set
     */
    <V> Criterion(String predicate, String column, SqlType<V> type, Function<SearchCriteria, Optional<V>> accessor) {
        this.predicate = predicate;
        this.column = column;
        this.field = Field.optional(column, type, accessor);
        this.value = it -> accessor.apply(it).map(type.toSql());
    }

    /** The condition of a saved search {@code s}: that the document meets each criterion that is set. */
    public static String ofSavedSearch() {
        return Stream.of(values())
                .map(it -> "(s.%s IS NULL OR %s)".formatted(it.column, it.predicate.formatted("s." + it.column)))
                .collect(Collectors.joining("\n   AND "));
    }

    /** The condition of a search, with a {@code ?} for the value. */
    public String condition() {
        return predicate.formatted("?");
    }

    /** The value to compare with; empty where the criterion is not set. */
    public Optional<Object> value(SearchCriteria criteria) {
        return value.apply(criteria);
    }
}
