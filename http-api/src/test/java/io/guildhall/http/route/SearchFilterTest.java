package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Contract;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.QueryValueSamples;
import io.guildhall.http.endpoint.QueryValues;
import io.guildhall.http.route.savedsearch.SavedSearchEndpoints;
import io.guildhall.http.route.search.SearchEndpoints;
import io.guildhall.http.route.search.SearchQueries;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.projections.readmodel.search.Search.Filter;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One list of filters: each can be set by a query parameter of some search, each declared parameter has an effect, and
 * what a saved search can filter by is a stated part of them.
 */
class SearchFilterTest {
    /** The feed sets it to the caller. */
    private static final Set<String> FILTERS_WITHOUT_PARAMETER = Set.of("newTo");

    private static final Set<String> FILTERS_WITHOUT_CRITERION = Set.of("ratingAtLeast", "available", "newTo");
    /** Which search to run, and its search text. */
    private static final Set<String> CRITERIA_WITHOUT_FILTER = Set.of("kind", "text");

    private static final Set<Query<?>> NOT_FILTERING =
            Set.of(SearchQueries.TEXT, SearchQueries.MODE, SearchQueries.FACETS, Query.LIMIT, Query.CURSOR);

    private final List<Endpoint<?, ?>> searches =
            new SearchEndpoints(SampleReadModel.all(), SampleSearch::interpret, new SampleSearch.OneSkill()).all();

    @Test
    void everyFilterIsSetBySomeQueryParameter() {
        var settable = new TreeSet<String>();
        for (var search : searches) for (var query : filtering(search)) settable.addAll(componentsSetBy(search, query));
        assertThat(settable).isEqualTo(difference(components(Filter.class), FILTERS_WITHOUT_PARAMETER));
    }

    @Test
    void everyDeclaredFilterParameterHasAnEffect() {
        for (var search : searches)
            for (var query : filtering(search))
                assertThat(componentsSetBy(search, query))
                        .as("%s?%s", search.operation().path(), query.name())
                        .hasSize(1);
    }

    @Test
    void savedSearchesFilterByTheSameComponentsExceptForStatedOnes() {
        assertThat(difference(components(SearchCriteria.class), CRITERIA_WITHOUT_FILTER))
                .isEqualTo(difference(components(Filter.class), FILTERS_WITHOUT_CRITERION));
    }

    @Test
    void savedSearchesHaveTheBoundsOfTheQueryParameters() {
        var document = document();
        var fields = document.at("/components/schemas/SavedSearchFields/properties");
        assertThat(bounds(fields.path("category"))).isEqualTo(bounds(FilterQueries.CATEGORY.schema()));
        assertThat(bounds(fields.path("skills"))).isEqualTo(bounds(FilterQueries.SKILLS.schema()));
        assertThat(bounds(fields.path("deliveryDays"))).isEqualTo(bounds(FilterQueries.DELIVERY_DAYS.schema()));
        var prices = document.at("/components/schemas/Prices/properties");
        assertThat(bounds(prices.path("currency"))).isEqualTo(bounds(FilterQueries.CURRENCY.schema()));
        assertThat(bounds(prices.path("atLeast"))).isEqualTo(bounds(FilterQueries.PRICE_AT_LEAST.schema()));
        assertThat(bounds(prices.path("atMost"))).isEqualTo(bounds(FilterQueries.PRICE_AT_MOST.schema()));
    }

    @SuppressWarnings("NullAway") // Only described, never called.
    private static JsonNode document() {
        return new Contract(new SavedSearchEndpoints(null).all()).document();
    }

    private static Map<String, String> bounds(JsonNode schema) {
        assertThat(schema.isMissingNode()).isFalse();
        return Stream.of("type", "minimum", "maximum", "maxLength", "maxItems", "pattern")
                .filter(schema::has)
                .collect(Collectors.toMap(
                        keyword -> keyword, keyword -> schema.get(keyword).asText()));
    }

    private static List<Query<?>> filtering(Endpoint<?, ?> search) {
        return search.operation().queries().stream()
                .filter(query -> !NOT_FILTERING.contains(query))
                .toList();
    }

    /** The components of the filter that differ from those without the parameter. */
    private static Set<String> componentsSetBy(Endpoint<?, ?> search, Query<?> query) {
        // A price has no effect of its own without a currency.
        var base = query.name().startsWith("price") ? "currency=USD" : "";
        var before = filter(search, base);
        var after = filter(search, base + "&" + query.name() + "=" + QueryValueSamples.valid(query));
        return Arrays.stream(Filter.class.getRecordComponents())
                .filter(component -> !value(component, before).equals(value(component, after)))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Object value(RecordComponent component, Filter filter) {
        try {
            return component.getAccessor().invoke(filter);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Filter filter(Endpoint<?, ?> search, String queryString) {
        var incoming = new Call.Incoming(
                Map.of(),
                QueryValues.parse(search.operation().queries(), Optional.of(queryString)),
                Optional.empty(),
                OptionalLong.empty(),
                "127.0.0.1",
                new byte[0],
                _ -> Optional.empty());
        var call = new Call<Void>(incoming, null, new Seed(Instant.EPOCH, 1), new Correlation("test"));
        return FilterQueries.filter(call, new SampleSearch.OneSkill());
    }

    private static Set<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        assertThat(all).containsAll(without);
        var rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
