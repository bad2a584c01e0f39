package io.guildhall.projections.view;

import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Builds a filter that every document meets, until a test names a condition. */
final class FilterBuilder {
    private Optional<String> category = Optional.empty();
    private final List<Set<String>> skills = new ArrayList<>();
    private Optional<Price> price = Optional.empty();

    private FilterBuilder() {}

    static FilterBuilder aFilter() {
        return new FilterBuilder();
    }

    FilterBuilder inCategory(String value) {
        category = Optional.of(value);
        return this;
    }

    FilterBuilder requiring(String... spellings) {
        skills.add(Set.of(spellings));
        return this;
    }

    FilterBuilder priced(Price value) {
        price = Optional.of(value);
        return this;
    }

    Filter build() {
        return new Filter(
                category,
                skills,
                price,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
