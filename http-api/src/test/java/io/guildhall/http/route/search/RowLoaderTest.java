package io.guildhall.http.route.search;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.http.route.search.RowLoader.LoadedHit;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Search.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowLoaderTest {
    private static final int HITS = 100;

    private final AtomicInteger queries = new AtomicInteger();

    /** @param hasRow whether the hit with that number still has a row */
    private RowLoader<Integer, String> loader(IntPredicate hasRow) {
        return new RowLoader<>(
                this::hits,
                String::valueOf,
                ids -> completedFuture(ids.stream()
                        .filter(id -> hasRow.test(Integer.parseInt(id)))
                        .toList()
                        .reversed()),
                row -> row);
    }

    private CompletionStage<Results<Integer>> hits(Page.Request request) {
        int from = request.cursor().map(Integer::parseInt).orElse(0);
        int to = Math.min(HITS, from + request.limit());
        var facets = new Facets(queries.incrementAndGet(), Map.of(), List.of(), List.of());
        return completedFuture(new Results<>(
                new Page<>(
                        IntStream.range(from, to).boxed().toList(),
                        Optional.of(String.valueOf(to)).filter(_ -> to < HITS)),
                Optional.of(facets)));
    }

    private static List<Integer> numbers(Page<LoadedHit<Integer, String>> page) {
        return page.items().stream().map(LoadedHit::hit).toList();
    }

    @Test
    void loadsRowsInTheOrderOfTheHits() {
        var page = result(loader(_ -> true).load(new Page.Request(10, Optional.empty())))
                .page();
        assertThat(page.items()).allMatch(it -> it.row().equals(it.hit().toString()));
        assertThat(numbers(page)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(queries).hasValue(1);
    }

    @Test
    void fillsPagesWhenHitsAreUnlisted() {
        IntPredicate hasRow = i -> i % 3 != 0 && (i < 40 || i > 60);
        var seen = new ArrayList<Integer>();
        var cursor = Optional.<String>empty();
        do {
            var page = result(loader(hasRow).load(new Page.Request(10, cursor))).page();
            if (page.next().isPresent()) assertThat(page.items()).hasSize(10);
            seen.addAll(numbers(page));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, HITS).filter(hasRow).boxed().toList());
    }

    @Test
    void returnsFacetsOfFirstQuery() {
        var results = result(loader(i -> i > 5).load(new Page.Request(10, Optional.empty())));
        assertThat(queries.get()).isGreaterThan(1);
        assertThat(results.facets().map(Facets::documents)).contains(1L);
    }

    @Test
    void fillsPageBehindManyUnlistedHits() {
        var page = result(loader(hit -> hit >= 90).load(new Page.Request(2, Optional.empty())))
                .page();
        assertThat(numbers(page)).containsExactly(90, 91);
        assertThat(page.next()).contains("92");
    }

    @Test
    void endsWithTheHitsIfAllAreUnlisted() {
        var page = result(loader(_ -> false).load(new Page.Request(5, Optional.empty())))
                .page();
        assertThat(queries).hasValue(HITS / 5);
        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
    }
}
