package io.guildhall.http.route;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.QueryValueSamples;
import io.guildhall.http.endpoint.QueryValues;
import io.guildhall.http.route.search.SearchEndpoints;
import io.guildhall.http.route.search.SearchQueries;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cursor is bound to the list that returned it: to its endpoint, its path and every parameter that selects rows. */
class CursorSelectionTest {
    private static final Set<Query<?>> CHANGEABLE = Set.of(Query.LIMIT, Query.CURSOR, SearchQueries.FACETS);

    private final List<Endpoint<?, ?>> searches = new SearchEndpoints(
                    SampleReadModel.all(Set.of()), SampleSearch::interpret, new SampleSearch.OneSkill())
            .all();

    @Test
    void dependsOnEachParameterThatSelectsRows() {
        for (var search : searches) {
            var selections = new HashSet<String>();
            for (var query : search.operation().queries()) {
                var selection = selection(search, Map.of(), base(query) + query.name() + "=" + sample(query));
                if (CHANGEABLE.contains(query))
                    assertThat(selection).as(query.name()).isEqualTo(selection(search, Map.of(), ""));
                else assertThat(selections.add(selection)).as(query.name()).isTrue();
            }
            assertThat(selections).hasSizeGreaterThan(3).doesNotContain(selection(search, Map.of(), ""));
        }
    }

    /** A default is not the sample. */
    private static String sample(Query<?> query) {
        return query.equals(SearchQueries.MODE) ? "LEXICAL" : QueryValueSamples.valid(query);
    }

    private static String base(Query<?> query) {
        return query.name().startsWith("price") ? "currency=EUR&" : "";
    }

    @Test
    void doesNotDependOnOrderAndSpelling() {
        var jobs = searches.getFirst();
        assertThat(selection(jobs, Map.of(), "q=+web%20site&category=Design&mode=HYBRID"))
                .isEqualTo(selection(jobs, Map.of(), "category=Design&q=web+site&limit=7"));
        assertThat(selection(jobs, Map.of(), "skills=a,b")).isNotEqualTo(selection(jobs, Map.of(), "skills=a"));
    }

    @Test
    void differsBetweenSearches() {
        assertThat(searches.stream().map(it -> selection(it, Map.of(), "")))
                .hasSize(searches.size())
                .doesNotHaveDuplicates();
    }

    @Test
    void dependsOnThePath() {
        var pages = list("/api/rooms/{roomId}/pages");
        assertThat(selection(pages, Map.of("roomId", "rm_1"), ""))
                .isEqualTo(selection(pages, Map.of("roomId", "rm_1"), "limit=3"))
                .isNotEqualTo(selection(pages, Map.of("roomId", "rm_2"), ""))
                .isNotEqualTo(selection(list("/api/rooms/{roomId}/files"), Map.of("roomId", "rm_1"), ""));
    }

    private static Endpoint<Void, ?> list(String path) {
        return get(path, "List pages.")
                .returnsPageOf(String.class)
                .handledBy(_ -> completedFuture(new Page<>(List.of(), Optional.empty())));
    }

    private static String selection(Endpoint<?, ?> endpoint, Map<String, String> path, String queryString) {
        var operation = endpoint.operation();
        var incoming = new Call.Incoming(
                operation.path(),
                path,
                QueryValues.parse(operation.queries(), Optional.of(queryString)),
                Optional.empty(),
                OptionalLong.empty(),
                "127.0.0.1",
                new byte[0],
                Optional.empty(),
                _ -> Optional.empty());
        return new Call<Void>(incoming, null, new Seed(Instant.EPOCH, 1), new Correlation("test"))
                .page()
                .selection();
    }
}
