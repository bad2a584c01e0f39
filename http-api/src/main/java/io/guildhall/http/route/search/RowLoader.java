package io.guildhall.http.route.search;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Search.Results;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads the rows of hits. Hits without a row, because they left the list since they were found, are replaced by the
 * following hits, so a page has fewer items than requested only if it is the last. Each query continues after the hits
 * of the one before, so loading ends with the hits.
 *
 * @param hits finds a page of hits
 * @param hitId the id by which a hit's row is found
 */
record RowLoader<H, R>(
        Function<Page.Request, CompletionStage<Results<H>>> hits,
        Function<H, String> hitId,
        Function<List<String>, CompletionStage<List<R>>> rows,
        Function<R, String> rowId) {
    record LoadedHit<H, R>(H hit, R row) {}

    /** The facets are those of the first query. */
    CompletionStage<Results<LoadedHit<H, R>>> load(Page.Request request) {
        return hits.apply(request)
                .thenCompose(results -> loaded(results.page().items()).thenCompose(loaded -> {
                    var next = results.page().next();
                    int missing = request.limit() - loaded.size();
                    if (missing == 0 || next.isEmpty())
                        return completedFuture(new Results<>(new Page<>(loaded, next), results.facets()));
                    return load(request.after(results.page(), missing))
                            .thenApply(rest -> new Results<>(
                                    new Page<>(
                                            concat(loaded, rest.page().items()),
                                            rest.page().next()),
                                    results.facets()));
                }));
    }

    private CompletionStage<List<LoadedHit<H, R>>> loaded(List<H> hits) {
        if (hits.isEmpty()) return completedFuture(List.of());
        return rows.apply(hits.stream().map(hitId).toList()).thenApply(loaded -> {
            var byId = loaded.stream().collect(Collectors.toMap(rowId, row -> row));
            return hits.stream()
                    .filter(hit -> byId.containsKey(hitId.apply(hit)))
                    .map(hit -> new LoadedHit<>(hit, requireNonNull(byId.get(hitId.apply(hit)))))
                    .toList();
        });
    }

    private static <T> List<T> concat(List<T> first, List<T> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }
}
