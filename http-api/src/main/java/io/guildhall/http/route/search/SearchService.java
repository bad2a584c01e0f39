package io.guildhall.http.route.search;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.QueryEmbedder.QueryVector;
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
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a request to what it finds, with the reasons; the same for all kinds. */
final class SearchService {
    private final Search search;
    private final QueryInterpreter queries;
    private final Skills skills;

    SearchService(Search search, QueryInterpreter queries, Skills skills) {
        this.search = search;
        this.queries = queries;
        this.skills = skills;
    }

    /**
     * Where the rows of a kind come from.
     *
     * @param skills what a row asks for or offers
     */
    record Source<R>(
            Kind kind,
            Function<List<String>, CompletionStage<List<R>>> rows,
            Function<R, String> id,
            Function<R, List<String>> skills) {}

    /** @param why nothing where everything is shown */
    record Item<R>(R row, Optional<Relevance> why) {}

    record Result<R>(List<Item<R>> items, Optional<String> next, SearchInfo about) {}

    <R> CompletionStage<Result<R>> find(Call<Void> call, Source<R> source) {
        var filter = Filters.of(call, skills);
        var by = By.of(call);
        var text = call.query("q").map(String::strip).filter(it -> !it.isEmpty());
        return text.isPresent() ? find(call, source, by, filter, text.get()) : browse(call, source, filter);
    }

    private <R> CompletionStage<Result<R>> browse(Call<Void> call, Source<R> source, Filter filter) {
        return search.browse(source.kind(), filter, call.page(), Filters.facets(call))
                .thenCompose(found -> rows(source, found.page().items(), ListedDocument::id)
                        .thenApply(rows -> {
                            var items = found.page().items().stream()
                                    .flatMap(it -> Stream.ofNullable(rows.get(it.id())))
                                    .map(row -> new Item<>(row, Optional.empty()))
                                    .toList();
                            return new Result<>(
                                    items, found.page().next(), SearchInfo.everything(items, found.facets()));
                        }));
    }

    private <R> CompletionStage<Result<R>> find(Call<Void> call, Source<R> source, By by, Filter filter, String text) {
        return queries.interpret(text)
                .thenCompose(understood -> search.find(
                                by.query(source.kind(), understood, spellings(understood), filter),
                                call.page(),
                                Filters.facets(call))
                        .thenCompose(found -> rows(source, found.page().items(), Hit::id)
                                .thenApply(rows -> explained(source, understood, found, rows))));
    }

    private List<Set<String>> spellings(Interpretation it) {
        return it.skills().stream().map(skills::spellings).toList();
    }

    /** What suits what somebody offers, and is new to them; the latest where they offer nothing yet. */
    <R> CompletionStage<Result<R>> suiting(Call<Void> call, Source<R> source, String freelancerId) {
        var by = By.of(call);
        var filter = Filters.of(call, skills).newTo(freelancerId);
        return search.offersOf(freelancerId).thenCompose(offered -> {
            if (offered.vectors().isEmpty() && offered.skills().isEmpty()) return browse(call, source, filter);
            var query = by.query(source.kind(), offered, filter);
            return search.find(query, call.page(), Filters.facets(call))
                    .thenCompose(found -> rows(source, found.page().items(), Hit::id)
                            .thenApply(rows -> {
                                var items = explained(
                                        found.page().items(),
                                        rows,
                                        row -> skills.coverage(source.skills().apply(row), offered.skills()));
                                var about = SearchInfo.suiting(offered, items, found.facets());
                                return new Result<>(items, found.page().next(), about);
                            }));
        });
    }

    private <R> Result<R> explained(
            Source<R> source, Interpretation understood, Search.Results<Hit> found, Map<String, R> rows) {
        var items = explained(
                found.page().items(),
                rows,
                row -> skills.coverage(understood.skills(), source.skills().apply(row)));
        return new Result<>(items, found.page().next(), SearchInfo.of(understood, items, found.facets()));
    }

    /** What left the list between the two questions is left out. */
    private static <R> List<Item<R>> explained(List<Hit> hits, Map<String, R> rows, Function<R, Coverage> cover) {
        return hits.stream()
                .filter(hit -> rows.containsKey(hit.id()))
                .map(hit -> {
                    var row = rows.get(hit.id());
                    return new Item<>(row, Optional.of(Relevance.of(hit, cover.apply(row))));
                })
                .toList();
    }

    private static <R, T> CompletionStage<Map<String, R>> rows(
            Source<R> source, List<T> found, Function<T, String> id) {
        if (found.isEmpty()) return completedFuture(Map.of());
        return source.rows()
                .apply(found.stream().map(id).toList())
                .thenApply(rows -> rows.stream().collect(Collectors.toMap(source.id(), it -> it)));
    }

    /** What counts. */
    private enum By {
        BOTH,
        MEANING,
        WORDS;

        static By of(Call<Void> call) {
            return switch (call.query("by").orElse("both")) {
                case "both" -> BOTH;
                case "meaning" -> MEANING;
                case "words" -> WORDS;
                default -> throw new Problem(400, "bad-filter", "by is both, meaning or words.");
            };
        }

        Query query(Kind kind, Interpretation it, List<Set<String>> skills, Filter filter) {
            return switch (this) {
                case BOTH ->
                    new Query(kind, it.text(), it.expansion(), skills, meanings(it), Weights.FOR_QUERY, filter);
                case MEANING -> new Query(kind, "", List.of(), List.of(), meanings(it), Weights.FOR_QUERY, filter);
                case WORDS -> new Query(kind, it.text(), it.expansion(), skills, List.of(), Weights.FOR_QUERY, filter);
            };
        }

        Query query(Kind kind, Offers it, Filter filter) {
            return switch (this) {
                case BOTH -> new Query(kind, "", it.skills(), List.of(), it.vectors(), Weights.FOR_FEED, filter);
                case MEANING -> new Query(kind, "", List.of(), List.of(), it.vectors(), Weights.FOR_FEED, filter);
                case WORDS -> new Query(kind, "", it.skills(), List.of(), List.of(), Weights.FOR_FEED, filter);
            };
        }

        private static List<QueryVector> meanings(Interpretation it) {
            return it.vector().stream().toList();
        }
    }
}
