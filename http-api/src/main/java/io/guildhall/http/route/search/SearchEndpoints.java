package io.guildhall.http.route.search;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Shape;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.QueryVectors;
import io.guildhall.projections.readmodel.Freelancers;
import io.guildhall.projections.readmodel.Jobs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.Search;
import io.guildhall.projections.readmodel.Search.Filter;
import io.guildhall.projections.readmodel.Search.Hit;
import io.guildhall.projections.readmodel.Search.Kind;
import io.guildhall.projections.readmodel.Search.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be found by meaning and by words. */
public final class SearchEndpoints {
    private static final Pattern AMOUNT = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Search search;
    private final Jobs jobs;
    private final Freelancers freelancers;
    private final QueryVectors meanings;

    public SearchEndpoints(Search search, Jobs jobs, Freelancers freelancers, QueryVectors meanings) {
        this.search = search;
        this.jobs = jobs;
        this.freelancers = freelancers;
        this.meanings = meanings;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                found(get("/api/jobs/search", "Open jobs by meaning and words; without q the latest first"))
                        .asks("category", "of this category alone")
                        .gives(200, FoundJobs.class)
                        .handledBy(this::findJobs),
                found(get("/api/freelancers/search", "Freelancers by meaning and words; without q the latest first"))
                        .gives(200, FoundFreelancers.class)
                        .handledBy(this::findFreelancers));
    }

    private static <A> Shape<Void, A> found(Shape<Void, A> shape) {
        return shape.asks("q", "what is looked for, in plain words")
                .asks("skill", "with this skill")
                .asks("currency", "paid in this currency, such as USD; needed for the two that follow")
                .asks("priceAtLeast", "in minor units")
                .asks("priceAtMost", "in minor units")
                .asks("limit", "items at most, 1 to 100")
                .asks("cursor", "where the page before ended")
                .refuses(400, "bad-page", "bad-cursor", "bad-filter");
    }

    private CompletionStage<FoundJobs> findJobs(Call<Void> call) {
        return find(call, Kind.JOB, jobs::open, it -> it.id()).thenApply(FoundJobs::of);
    }

    private CompletionStage<FoundFreelancers> findFreelancers(Call<Void> call) {
        return find(call, Kind.FREELANCER, freelancers::listed, it -> it.id()).thenApply(FoundFreelancers::of);
    }

    private <R> CompletionStage<Page<Found<R>>> find(
            Call<Void> call, Kind kind, Function<List<String>, CompletionStage<List<R>>> rows, Function<R, String> id) {
        var filter = filter(call);
        var text = call.query("q").map(String::strip).filter(it -> !it.isEmpty());
        var hits = text.isEmpty()
                ? search.browse(kind, filter, call.page()).thenApply(page -> page.map(Found::<R>browsed))
                : meanings.of(text.get())
                        .thenCompose(meaning -> search.find(new Query(kind, text.get(), meaning, filter), call.page()))
                        .thenApply(page -> page.map(Found::<R>hit));
        return hits.thenCompose(page -> rows.apply(
                        page.items().stream().map(Found::id).toList())
                .thenApply(found -> joined(page, found.stream().collect(Collectors.toMap(id, it -> it)))));
    }

    /** What left the list between the two questions is left out. */
    private static <R> Page<Found<R>> joined(Page<Found<R>> page, Map<String, R> rows) {
        return new Page<>(
                page.items().stream()
                        .flatMap(it -> Stream.ofNullable(rows.get(it.id())).map(it::with))
                        .toList(),
                page.next());
    }

    /**
     * @param why it is here; nothing where everything is shown
     * @param row nothing until it is looked up
     */
    record Found<R>(String id, Optional<Why> why, Optional<R> row) {
        static <R> Found<R> browsed(Search.Listed it) {
            return new Found<>(it.id(), Optional.empty(), Optional.empty());
        }

        static <R> Found<R> hit(Hit it) {
            return new Found<>(it.id(), Optional.of(Why.of(it)), Optional.empty());
        }

        Found<R> with(R found) {
            return new Found<>(id, why, Optional.of(found));
        }
    }

    private static Filter filter(Call<Void> call) {
        var currency = call.query("currency");
        if (currency.filter(it -> !CURRENCY.matcher(it).matches()).isPresent())
            throw new Problem(400, "bad-filter", "currency is three capital letters, such as USD.");
        var least = amount(call, "priceAtLeast");
        var most = amount(call, "priceAtMost");
        if (currency.isEmpty() && (least.isPresent() || most.isPresent()))
            throw new Problem(400, "bad-filter", "A price means nothing without its currency: give currency too.");
        return new Filter(call.query("category"), call.query("skill").stream().toList(), currency, least, most);
    }

    private static OptionalLong amount(Call<Void> call, String name) {
        var text = call.query(name);
        if (text.isEmpty()) return OptionalLong.empty();
        if (!AMOUNT.matcher(text.get()).matches())
            throw new Problem(400, "bad-filter", name + " is a whole number of minor units, such as 12500.");
        return OptionalLong.of(Long.parseLong(text.get()));
    }
}
