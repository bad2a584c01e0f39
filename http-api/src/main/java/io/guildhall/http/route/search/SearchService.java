package io.guildhall.http.route.search;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.route.search.RowLoader.LoadedHit;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.port.Skills;
import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.readmodel.search.Search.Offers;
import io.guildhall.projections.readmodel.search.Search.Results;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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

    /** @param relevance empty if everything is listed */
    record Item<R>(R row, Optional<Relevance> relevance) {}

    record Result<R>(List<Item<R>> items, Optional<String> next, SearchInfo info) {}

    <R> CompletionStage<Result<R>> search(Call<Void> call, Source<R> source) {
        var filter = SearchQueries.filter(call, source.kind(), skills);
        return filter.criteria().text().isEmpty() ? browse(call, source, filter) : searchText(call, source, filter);
    }

    private <R> CompletionStage<Result<R>> browse(Call<Void> call, Source<R> source, Filter filter) {
        var loader = new RowLoader<>(
                page -> search.browse(filter, page, call.query(SearchQueries.FACETS)),
                ListedDocument::id,
                source.rows(),
                source.id());
        boolean isFiltered = SearchQueries.isFiltered(call, source.kind());
        return loader.load(call.page()).thenApply(results -> {
            var items = results.page().items().stream()
                    .map(it -> new Item<>(it.row(), Optional.empty()))
                    .toList();
            return new Result<>(items, results.page().next(), SearchInfo.listing(items, isFiltered, results.facets()));
        });
    }

    private <R> CompletionStage<Result<R>> searchText(Call<Void> call, Source<R> source, Filter filter) {
        boolean isFiltered = SearchQueries.isFiltered(call, source.kind());
        return interpreter
                .interpret(filter.criteria().text())
                .thenCompose(text -> find(call, source, query(call, text, filter))
                        .thenApply(results -> result(
                                results.page(),
                                row -> skills.coverage(
                                        text.skills(), source.skills().apply(row)),
                                items -> SearchInfo.search(
                                        text, call.query(SearchQueries.MODE), items, isFiltered, results.facets()))));
    }

    private Search.Query query(Call<Void> call, Interpretation text, Filter filter) {
        List<Set<String>> spellings =
                text.skills().stream().map(skills::spellings).toList();
        return call.query(SearchQueries.MODE).query(text, spellings, filter);
    }

    /**
     * Finds what matches the offers of a freelancer and is new to them; lists the newest if they offer nothing yet.
     */
    <R> CompletionStage<Result<R>> feed(Call<Void> call, Source<R> source, String freelancerId) {
        var filter = SearchQueries.filter(call, source.kind(), skills).newTo(freelancerId);
        return search.offersOf(freelancerId)
                .thenCompose(
                        offers -> offers.vectors().isEmpty() && offers.skills().isEmpty()
                                ? browse(call, source, filter)
                                : feed(call, source, offers, filter));
    }

    private <R> CompletionStage<Result<R>> feed(Call<Void> call, Source<R> source, Offers offers, Filter filter) {
        return find(call, source, call.query(SearchQueries.MODE).query(offers, filter))
                .thenApply(results -> result(
                        results.page(),
                        row -> skills.coverage(source.skills().apply(row), offers.skills()),
                        items -> SearchInfo.feed(offers, items, results.facets())));
    }

    private <R> CompletionStage<Results<LoadedHit<Hit, R>>> find(
            Call<Void> call, Source<R> source, Search.Query query) {
        return new RowLoader<>(
                        page -> search.find(query, page, call.query(SearchQueries.FACETS)),
                        Hit::id,
                        source.rows(),
                        source.id())
                .load(call.page());
    }

    private static <R> Result<R> result(
            Page<LoadedHit<Hit, R>> page, Function<R, Coverage> coverage, Function<List<?>, SearchInfo> info) {
        var items = page.items().stream()
                .map(it -> new Item<>(it.row(), Optional.of(Relevance.of(it.hit(), coverage.apply(it.row())))))
                .toList();
        return new Result<>(items, page.next(), info.apply(items));
    }
}
