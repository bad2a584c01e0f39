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
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.savedsearch.SavedSearchResource.SavedSearchList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Saved searches of the caller. Reads go to the aggregate, so that a search that was just saved is found. */
public final class SavedSearchEndpoints {
    private static final String SEARCH = "/api/saved-searches/{searchId}";

    private final AggregateApi<SavedSearches, SavedSearchesCommand, SavedSearchesRejection> savedSearches;

    public SavedSearchEndpoints(Entities entities) {
        this.savedSearches = new AggregateApi<>(entities, SavedSearches.AGGREGATE, SavedSearchEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/saved-searches",
                                "Save a search and get alerts for new results. The filter has the names and bounds of the query parameters of a search.")
                        .requiresLogin()
                        .accepts(SavedSearchFields.class)
                        .returns(201, SavedSearchResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "too-many-searches", "search-exists")
                        .problems(422, "prices-unsound")
                        .handledBy(this::save),
                get("/api/saved-searches", "List your saved searches, oldest first, in one page.")
                        .requiresLogin()
                        .returns(200, SavedSearchList.class)
                        .handledBy(this::list),
                get(SEARCH, "Get a saved search.")
                        .requiresLogin()
                        .returns(200, SavedSearchResource.class)
                        .handledBy(this::read),
                put(SEARCH, "Edit a saved search. Replaces all fields.")
                        .requiresLogin()
                        .accepts(SavedSearchFields.class)
                        .returns(200, SavedSearchResource.class)
                        .problems(422, "prices-unsound")
                        .handledBy(this::change),
                delete(SEARCH, "Delete a saved search. Deleting a search that does not exist succeeds.")
                        .requiresLogin()
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(this::remove));
    }

    private CompletionStage<SavedSearchResource> save(Call<SavedSearchFields> call) {
        var id = call.newId("srch");
        return execute(call, new Save(call.body().toSavedSearch(id))).thenApply(it -> view(it, id));
    }

    private CompletionStage<SavedSearchList> list(Call<Void> call) {
        return savedSearches
                .read(call.caller().id())
                .thenApply(it -> new SavedSearchList(
                        it.all().stream().map(SavedSearchResource::of).toList()));
    }

    private CompletionStage<SavedSearchResource> read(Call<Void> call) {
        var id = id(call);
        return savedSearches.read(call.caller().id()).thenApply(it -> view(it, id));
    }

    private CompletionStage<SavedSearchResource> change(Call<SavedSearchFields> call) {
        var id = id(call);
        return execute(call, new Change(call.body().toSavedSearch(id))).thenApply(it -> view(it, id));
    }

    private CompletionStage<Void> remove(Call<Void> call) {
        return execute(call, new Remove(id(call))).thenApply(_ -> null);
    }

    private CompletionStage<SavedSearches> execute(Call<?> call, SavedSearchesCommand command) {
        return savedSearches.execute(call, call.caller().id(), command);
    }

    private static String id(Call<?> call) {
        return call.pathId("searchId", "srch");
    }

    private static SavedSearchResource view(SavedSearches all, String id) {
        return all.search(id).map(SavedSearchResource::of).orElseThrow(AggregateApi::notFound);
    }

    private static Problem problem(SavedSearchesRejection reason) {
        return switch (reason) {
            case NO_SUCH_SEARCH -> AggregateApi.notFound();
            case ALREADY_SAVED -> new Problem(409, "search-exists", "This search is already saved.");
            case TOO_MANY ->
                new Problem(
                        409,
                        "too-many-searches",
                        "You already have " + SavedSearches.MAX + " saved searches. Delete or edit one of them.");
            case INVALID_PRICES -> new Problem(422, "prices-unsound", "The minimum must not exceed the maximum.");
        };
    }
}
