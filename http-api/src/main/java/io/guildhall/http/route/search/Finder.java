package io.guildhall.http.route.search;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.Queries;
import io.guildhall.port.Queries.Understood;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Search;
import io.guildhall.projections.readmodel.Search.Filter;
import io.guildhall.projections.readmodel.Search.Hit;
import io.guildhall.projections.readmodel.Search.Kind;
import io.guildhall.projections.readmodel.Search.Listed;
import io.guildhall.projections.readmodel.Search.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a request to what it finds, with the reasons; the same for all kinds. */
final class Finder {
    private final Search search;
    private final Queries queries;
    private final Skills skills;

    Finder(Search search, Queries queries, Skills skills) {
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
    record Item<R>(R row, Optional<Why> why) {}

    record Result<R>(List<Item<R>> items, Optional<String> next, About about) {}

    <R> CompletionStage<Result<R>> find(Call<Void> call, Source<R> source) {
        var filter = Filters.of(call, skills);
        var by = By.of(call);
        var text = call.query("q").map(String::strip).filter(it -> !it.isEmpty());
        return text.isPresent() ? find(call, source, by, filter, text.get()) : browse(call, source, filter);
    }

    private <R> CompletionStage<Result<R>> browse(Call<Void> call, Source<R> source, Filter filter) {
        return search.browse(source.kind(), filter, call.page())
                .thenCompose(found -> rows(source, found.page().items(), Listed::id)
                        .thenApply(rows -> {
                            var items = found.page().items().stream()
                                    .flatMap(it -> Stream.ofNullable(rows.get(it.id())))
                                    .map(row -> new Item<>(row, Optional.empty()))
                                    .toList();
                            return new Result<>(items, found.page().next(), About.everything(items, found.facets()));
                        }));
    }

    private <R> CompletionStage<Result<R>> find(Call<Void> call, Source<R> source, By by, Filter filter, String text) {
        return queries.understand(text)
                .thenCompose(understood -> search.find(by.query(source.kind(), understood, filter), call.page())
                        .thenCompose(found -> rows(source, found.page().items(), Hit::id)
                                .thenApply(rows -> explained(source, understood, found, rows))));
    }

    private <R> Result<R> explained(
            Source<R> source, Understood understood, Search.Found<Hit> found, Map<String, R> rows) {
        // What left the list between the two questions is left out.
        var items = found.page().items().stream()
                .filter(hit -> rows.containsKey(hit.id()))
                .map(hit -> {
                    var row = rows.get(hit.id());
                    var cover =
                            skills.cover(understood.skills(), source.skills().apply(row));
                    return new Item<>(row, Optional.of(Why.of(hit, cover)));
                })
                .toList();
        return new Result<>(items, found.page().next(), About.of(understood, items, found.facets()));
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

        Query query(Kind kind, Understood it, Filter filter) {
            return switch (this) {
                case BOTH -> new Query(kind, it.text(), it.also(), it.meaning(), filter);
                case MEANING -> new Query(kind, "", List.of(), it.meaning(), filter);
                case WORDS -> new Query(kind, it.text(), it.also(), Optional.empty(), filter);
            };
        }
    }
}
