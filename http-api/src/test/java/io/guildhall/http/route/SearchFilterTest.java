package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
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

/** Each filter can be set by a query parameter of some search, and each declared parameter sets one filter. */
class SearchFilterTest {
    /** Which search to run, and its search text; the feed sets {@code newTo} to the caller. */
    private static final Set<String> WITHOUT_PARAMETER = Set.of("kind", "text", "newTo");

    /** They change with another component. */
    private static final Set<String> DERIVED = Set.of("criteria", "skillSpellings");

    private static final List<String> BOUNDS = List.of(
            "/type", "/enum", "/minimum", "/maximum", "/maxLength", "/maxItems", "/pattern", "/items/maxLength");

    private static final Set<Query<?>> NOT_FILTERING =
            Set.of(SearchQueries.TEXT, SearchQueries.MODE, SearchQueries.FACETS, Query.LIMIT, Query.CURSOR);

    private final List<Endpoint<?, ?>> searches = new SearchEndpoints(
                    SampleReadModel.all(Set.of()), SampleSearch::interpret, new SampleSearch.OneSkill())
            .all();

    @Test
    void everyFilterIsSetBySomeQueryParameter() {
        var settable = new TreeSet<String>();
        for (var search : searches) for (var query : filtering(search)) settable.addAll(componentsSetBy(search, query));
        assertThat(settable)
                .doesNotContainAnyElementsOf(WITHOUT_PARAMETER)
                .isEqualTo(difference(
                        components(List.of(Filter.class, SearchCriteria.class)), DERIVED, WITHOUT_PARAMETER));
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
    void filterOfASavedSearchHasTheNamesAndBoundsOfTheQueryParameters() {
        var properties = document().at("/components/schemas/FilterFields/properties");
        var queries = Stream.of(Kind.values())
                .flatMap(FilterFields::queries)
                .distinct()
                .toList();
        assertThat(properties.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        queries.stream().map(Query::name).toList());
        for (var query : queries)
            assertThat(bounds(properties.path(query.name()))).as(query.name()).isEqualTo(bounds(query.schema()));
    }

    @SuppressWarnings("NullAway") // Only described, never called.
    private static JsonNode document() {
        return new Contract(new SavedSearchEndpoints(null).all()).document();
    }

    private static Map<String, String> bounds(JsonNode schema) {
        return BOUNDS.stream()
                .filter(keyword -> !schema.at(keyword).isMissingNode())
                .collect(Collectors.toMap(
                        keyword -> keyword, keyword -> schema.at(keyword).toString()));
    }

    private static List<Query<?>> filtering(Endpoint<?, ?> search) {
        return search.operation().queries().stream()
                .filter(query -> !NOT_FILTERING.contains(query))
                .toList();
    }

    /** The components of the filter and of its criteria that differ from those without the parameter. */
    private static Set<String> componentsSetBy(Endpoint<?, ?> search, Query<?> query) {
        // A price has no effect without a currency.
        var base = query.name().startsWith("price") ? "currency=USD" : "";
        var before = filter(search, base);
        var after = filter(search, base + "&" + query.name() + "=" + QueryValueSamples.valid(query));
        return Stream.concat(differences(before, after), differences(before.criteria(), after.criteria()))
                .filter(component -> !DERIVED.contains(component))
                .collect(Collectors.toSet());
    }

    private static Stream<String> differences(Record before, Record after) {
        return Arrays.stream(before.getClass().getRecordComponents())
                .filter(component -> !value(component, before).equals(value(component, after)))
                .map(RecordComponent::getName);
    }

    private static Object value(RecordComponent component, Record filter) {
        try {
            return component.getAccessor().invoke(filter);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Filter filter(Endpoint<?, ?> search, String queryString) {
        var incoming = new Call.Incoming(
                search.operation().path(),
                Map.of(),
                QueryValues.parse(search.operation().queries(), Optional.of(queryString)),
                Optional.empty(),
                OptionalLong.empty(),
                "127.0.0.1",
                new byte[0],
                Optional.empty(),
                _ -> Optional.empty());
        var call = new Call<Void>(incoming, null, new Seed(Instant.EPOCH, 1), new Correlation("test"));
        return SearchQueries.filter(call, kind(search), new SampleSearch.OneSkill());
    }

    private static Set<String> components(List<Class<? extends Record>> types) {
        return types.stream()
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    @SafeVarargs
    private static Set<String> difference(Set<String> all, Set<String>... without) {
        var rest = new TreeSet<>(all);
        for (var names : without) {
            assertThat(all).containsAll(names);
            rest.removeAll(names);
        }
        return rest;
    }

    private static Kind kind(Endpoint<?, ?> search) {
        var path = search.operation().path();
        return path.startsWith("/api/jobs/") ? Kind.JOB : path.startsWith("/api/gigs/") ? Kind.GIG : Kind.FREELANCER;
    }
}
