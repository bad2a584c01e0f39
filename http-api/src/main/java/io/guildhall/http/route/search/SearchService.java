package io.guildhall.http.route.search;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.port.Skills;
import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.readmodel.search.Search.Offers;
import io.guildhall.projections.readmodel.search.Search.Results;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches, loads the rows of the hits and explains each hit; the same for jobs, gigs and freelancers. */
final class SearchService {
    private final Search search;
    private final QueryInterpreter interpreter;
    private final Skills skills;

    SearchService(Search search, QueryInterpreter interpreter, Skills skills) {
        this.search = search;
        this.interpreter = interpreter;
        this.skills = skills;
    }

    /**
     * Loads the rows of one kind.
     *
     * @param skills the skills that a row requires or offers
     */
    record Source<R>(
            Kind kind,
            Function<List<String>, CompletionStage<List<R>>> rows,
            Function<R, String> id,
            Function<R, List<String>> skills) {}

    /** @param relevance empty where everything is listed */
    record Item<R>(R row, Optional<Relevance> relevance) {}

    record Result<R>(List<Item<R>> items, Optional<String> next, SearchInfo info) {}

    <R> CompletionStage<Result<R>> search(Call<Void> call, Source<R> source) {
        var filter = SearchQueries.filter(call, skills);
        return call.query(SearchQueries.TEXT)
                .map(text -> search(call, source, filter, text))
                .orElseGet(() -> browse(call, source, filter));
    }

    private <R> CompletionStage<Result<R>> browse(Call<Void> call, Source<R> source, Filter filter) {
        return search.browse(source.kind(), filter, call.page(), call.query(SearchQueries.FACETS))
                .thenCompose(results -> rows(source, results.page().items(), ListedDocument::id)
                        .thenApply(rows -> {
                            // A document that left the list since the first query is left out.
                            var items = results.page().items().stream()
                                    .flatMap(document -> Stream.ofNullable(rows.get(document.id())))
                                    .map(row -> new Item<>(row, Optional.empty()))
                                    .toList();
                            return new Result<>(
                                    items, results.page().next(), SearchInfo.listing(items, results.facets()));
                        }));
    }

    private <R> CompletionStage<Result<R>> search(Call<Void> call, Source<R> source, Filter filter, String text) {
        return interpreter
                .interpret(text)
                .thenCompose(interpretation -> find(call, source, query(call, source, interpretation, filter))
                        .thenApply(found -> result(
                                found,
                                row -> skills.coverage(
                                        interpretation.skills(), source.skills().apply(row)),
                                items -> SearchInfo.search(
                                        interpretation, items, found.results().facets()))));
    }

    private Search.Query query(Call<Void> call, Source<?> source, Interpretation interpretation, Filter filter) {
        List<Set<String>> spellings =
                interpretation.skills().stream().map(skills::spellings).toList();
        return call.query(SearchQueries.MODE).query(source.kind(), interpretation, spellings, filter);
    }

    /** Finds what matches the offers of a freelancer and is new to them; lists the newest where they offer nothing yet. */
    <R> CompletionStage<Result<R>> feed(Call<Void> call, Source<R> source, String freelancerId) {
        var filter = SearchQueries.filter(call, skills).newTo(freelancerId);
        return search.offersOf(freelancerId)
                .thenCompose(
                        offers -> offers.vectors().isEmpty() && offers.skills().isEmpty()
                                ? browse(call, source, filter)
                                : feed(call, source, offers, filter));
    }

    private <R> CompletionStage<Result<R>> feed(Call<Void> call, Source<R> source, Offers offers, Filter filter) {
        return find(call, source, call.query(SearchQueries.MODE).query(source.kind(), offers, filter))
                .thenApply(found -> result(
                        found,
                        row -> skills.coverage(source.skills().apply(row), offers.skills()),
                        items -> SearchInfo.feed(offers, items, found.results().facets())));
    }

    private record Found<R>(Results<Hit> results, Map<String, R> rows) {}

    private <R> CompletionStage<Found<R>> find(Call<Void> call, Source<R> source, Search.Query query) {
        return search.find(query, call.page(), call.query(SearchQueries.FACETS))
                .thenCompose(results ->
                        rows(source, results.page().items(), Hit::id).thenApply(rows -> new Found<>(results, rows)));
    }

    /** A hit that left the list since the first query is left out. */
    private static <R> Result<R> result(
            Found<R> found, Function<R, Coverage> coverage, Function<List<?>, SearchInfo> info) {
        var page = found.results().page();
        var items = page.items().stream()
                .filter(hit -> found.rows().containsKey(hit.id()))
                .map(hit -> {
                    var row = found.rows().get(hit.id());
                    return new Item<>(row, Optional.of(Relevance.of(hit, coverage.apply(row))));
                })
                .toList();
        return new Result<>(items, page.next(), info.apply(items));
    }

    private static <R, T> CompletionStage<Map<String, R>> rows(Source<R> source, List<T> hits, Function<T, String> id) {
        if (hits.isEmpty()) return completedFuture(Map.of());
        return source.rows()
                .apply(hits.stream().map(id).toList())
                .thenApply(rows -> rows.stream().collect(Collectors.toMap(source.id(), row -> row)));
    }
}
