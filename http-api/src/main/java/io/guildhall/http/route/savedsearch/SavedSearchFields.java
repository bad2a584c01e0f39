package io.guildhall.http.route.savedsearch;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.http.route.FilterFields;
import io.guildhall.http.route.search.SearchQueries;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A saved search, in requests and responses.
 *
 * @param text search text; empty to filter only
 * @param alerts whether to notify the user of new results
 */
public record SavedSearchFields(
        @NotBlank @SingleLine(max = 80) String name,
        @NotNull SearchCriteria.Kind kind,

        @NotNull @Paragraphs(max = SearchQueries.MAX_TEXT_LENGTH)
        String text,

        @NotNull @Valid FilterFields filter,
        boolean alerts) {

    static SavedSearchFields from(SavedSearch search) {
        var criteria = search.terms();
        return new SavedSearchFields(
                search.name(), criteria.kind(), criteria.text(), FilterFields.from(criteria), search.alerts());
    }

    /** @throws Problem 422 if the filter is invalid for the kind */
    SavedSearch toSavedSearch(String id) {
        var errors = filter.errors(kind).stream()
                .map(it -> new FieldError("filter." + it.field(), it.message()))
                .toList();
        if (!errors.isEmpty()) throw Problem.invalid(errors);
        return new SavedSearch(id, name, filter.criteria(kind, text), alerts);
    }
}
