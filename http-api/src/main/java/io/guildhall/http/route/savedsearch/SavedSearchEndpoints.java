package io.guildhall.http.route.savedsearch;

import static io.guildhall.http.endpoint.Endpoint.delete;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesCommand;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Change;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Remove;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Save;
import io.guildhall.domain.savedsearch.SavedSearchesRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.Desk;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What one may do with searches that one keeps; they are read from their entity, so that what was just saved is there. */
public final class SavedSearchEndpoints {
    private static final String ONE = "/api/saved-searches/{searchId}";

    private final Desk<SavedSearches, SavedSearchesCommand, SavedSearchesRejection> desk;

    public SavedSearchEndpoints(Entities entities) {
        this.desk = new Desk<>(entities, SavedSearches.AGGREGATE, SavedSearchEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/saved-searches", "Keep a search, and be told of what is new")
                        .byAnyoneLoggedIn()
                        .takes(SearchText.class)
                        .gives(201, SavedSearchView.class)
                        .with(Endpoint.Trait.IDEMPOTENCY_KEY)
                        .refuses(409, "too-many-searches", "search-exists")
                        .refuses(422, "prices-unsound")
                        .handledBy(this::save),
                get("/api/saved-searches", "The searches that you keep, " + SavedSearches.MOST + " at most")
                        .byAnyoneLoggedIn()
                        .gives(200, SavedSearchView.All.class)
                        .handledBy(this::list),
                get(ONE, "A search that you keep")
                        .byAnyoneLoggedIn()
                        .gives(200, SavedSearchView.class)
                        .handledBy(this::read),
                put(ONE, "Change what a search looks for, what it is called or whether it tells you")
                        .byAnyoneLoggedIn()
                        .takes(SearchText.class)
                        .gives(200, SavedSearchView.class)
                        .refuses(422, "prices-unsound")
                        .handledBy(this::change),
                delete(ONE, "Keep a search no longer; one that is not there is no longer kept either")
                        .byAnyoneLoggedIn()
                        .handledBy(this::remove));
    }

    private CompletionStage<SavedSearchView> save(Call<SearchText> call) {
        var id = call.mint("srch");
        return execute(call, new Save(call.body().search(id))).thenApply(it -> view(it, id));
    }

    private CompletionStage<SavedSearchView.All> list(Call<Void> call) {
        return desk.read(call.caller().id(), _ -> true)
                .thenApply(it -> new SavedSearchView.All(
                        it.all().stream().map(SavedSearchView::of).toList()));
    }

    private CompletionStage<SavedSearchView> read(Call<Void> call) {
        var id = id(call);
        return desk.read(call.caller().id(), _ -> true).thenApply(it -> view(it, id));
    }

    private CompletionStage<SavedSearchView> change(Call<SearchText> call) {
        var id = id(call);
        return execute(call, new Change(call.body().search(id))).thenApply(it -> view(it, id));
    }

    private CompletionStage<Void> remove(Call<Void> call) {
        return execute(call, new Remove(id(call))).thenApply(_ -> null);
    }

    private CompletionStage<SavedSearches> execute(Call<?> call, SavedSearchesCommand command) {
        return desk.execute(call, call.caller().id(), command);
    }

    private static String id(Call<?> call) {
        return call.id("searchId", "srch");
    }

    private static SavedSearchView view(SavedSearches all, String id) {
        return all.search(id).map(SavedSearchView::of).orElseThrow(Desk::notFound);
    }

    private static Problem problem(SavedSearchesRejection reason) {
        return switch (reason) {
            case NO_SUCH_SEARCH -> Desk.notFound();
            case ALREADY_SAVED -> new Problem(409, "search-exists", "This search was saved before; read it instead.");
            case TOO_MANY ->
                new Problem(
                        409,
                        "too-many-searches",
                        "You keep " + SavedSearches.MOST + " searches: remove or change one of them first.");
            case PRICES_UNSOUND -> new Problem(422, "prices-unsound", "A price goes from less to more.");
        };
    }
}
