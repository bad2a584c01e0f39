package io.guildhall.projections.view;

import static io.guildhall.testing.SearchBuilder.aSearchFor;

import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.testing.SearchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Builds a filter that every document of a kind meets, until a test names a condition. */
final class FilterBuilder {
    private final SearchBuilder criteria;
    private final List<Set<String>> skillSpellings = new ArrayList<>();

    private FilterBuilder(Kind kind) {
        criteria = aSearchFor(kind);
    }

    static FilterBuilder aFilter(Kind kind) {
        return new FilterBuilder(kind);
    }

    /** The filter of a search with these criteria. */
    static Filter aFilter(SearchCriteria criteria, Skills skills) {
        return new Filter(
                criteria,
                criteria.skills().stream().map(skills::spellings).toList(),
                OptionalDouble.empty(),
                false,
                Optional.empty());
    }

    FilterBuilder inCategory(String value) {
        criteria.inCategory(value);
        return this;
    }

    FilterBuilder requiring(String... spellings) {
        skillSpellings.add(Set.of(spellings));
        return this;
    }

    FilterBuilder priced(PriceRange value) {
        criteria.priced(value);
        return this;
    }

    Filter build() {
        return new Filter(criteria.build(), skillSpellings, OptionalDouble.empty(), false, Optional.empty());
    }
}
