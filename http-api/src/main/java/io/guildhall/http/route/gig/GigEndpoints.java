package io.guildhall.http.route.gig;

import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigCommand.*;
import io.guildhall.domain.gig.GigRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.PublicPages;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.gig.Gigs;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Post, list, edit, publish, pause and archive gigs. */
public final class GigEndpoints {
    private static final Query<Boolean> PUBLISH = Query.flag(
                    "publish", "Publish the gig immediately instead of creating a draft.")
            .orElse(false);

    private final AggregateApi<Gig, GigCommand, GigRejection> gigs;
    private final Gigs lists;
    private final PublicPages pages;

    public GigEndpoints(Entities entities, Gigs lists, PublicPages pages) {
        this.pages = pages;
        this.gigs = new AggregateApi<>(entities, Gig.AGGREGATE, GigProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/gigs", "Post a gig. Creates a draft unless publish is true.")
                        .requires(FREELANCER)
                        .accepts(GigFields.class)
                        .queries(PUBLISH)
                        .returns(201, GigResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "gig-exists")
                        .problems(422, "packages-unsound", "no-package", "media-not-yours")
                        .handledBy(this::create),
                get("/api/gigs/{gigId}", "Get a gig. Drafts, paused and archived gigs are visible to their owner only.")
                        .returns(200, GigResource.class)
                        .handledBy(this::read),
                put("/api/gigs/{gigId}", "Edit a gig. Replaces all fields.")
                        .requires(FREELANCER)
                        .accepts(GigFields.class)
                        .returns(200, GigResource.class)
                        .with(Endpoint.Feature.IF_MATCH)
                        .problems(409, "gig-archived")
                        .problems(422, "packages-unsound", "no-package", "media-not-yours")
                        .handledBy(call -> execute(
                                call,
                                new Edit(
                                        call.caller().id(),
                                        call.expectedRevision(),
                                        call.body().details()))),
                action("publish", "Publish a draft or paused gig.")
                        .problems(422, "no-package")
                        .problems(409, "gig-archived")
                        .handledBy(
                                call -> execute(call, new Publish(call.caller().id()))),
                action("pause", "Pause a gig. It is not listed until it is published again.")
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .problems(409, "gig-not-published", "gig-archived")
                        .handledBy(call -> execute(call, new Pause(call.caller().id()))),
                action("archive", "Archive a gig. It cannot be published or edited again.")
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(
                                call -> execute(call, new Archive(call.caller().id()))),
                get("/api/me/gigs", "List your gigs, drafts included, newest first.")
                        .requires(FREELANCER)
                        .returnsPageOf(GigResource.class)
                        .handledBy(this::mine),
                get("/api/freelancers/{freelancerId}/gigs", "List the active gigs of a freelancer, newest first.")
                        .returnsPageOf(GigResource.class)
                        .handledBy(this::ofFreelancer));
    }

    private static EndpointBuilder<Void, GigResource> action(String action, String summary) {
        return post("/api/gigs/{gigId}/" + action, summary)
                .requires(FREELANCER)
                .returns(200, GigResource.class)
                .with(Endpoint.Feature.IDEMPOTENCY_KEY);
    }

    private CompletionStage<GigResource> create(Call<GigFields> call) {
        var id = call.newId("gig");
        var command = new Post(call.caller().id(), call.body().details(), call.query(PUBLISH));
        return gigs.create(call, id, command).thenApply(gig -> GigResource.fromGig(id, gig));
    }

    private CompletionStage<GigResource> read(Call<Void> call) {
        var id = call.pathId("gigId", "gig");
        var reader = call.optionalCaller().map(Caller::id);
        return gigs.read(id, gig -> gig.isVisibleTo(reader) && isPageVisible(gig, call))
                .thenApply(gig -> GigResource.fromGig(id, gig));
    }

    private boolean isPageVisible(Gig gig, Call<?> call) {
        return gig.findListing()
                .filter(it -> pages.isVisible(it.freelancerId(), call.optionalCaller()))
                .isPresent();
    }

    private CompletionStage<Page<GigResource>> mine(Call<Void> call) {
        return lists.ofFreelancer(call.caller().id(), call.page()).thenApply(page -> page.map(GigResource::fromRow));
    }

    private CompletionStage<Page<GigResource>> ofFreelancer(Call<Void> call) {
        return lists.activeOf(call.pathId("freelancerId", "acc"), call.page())
                .thenApply(page -> page.map(GigResource::fromRow));
    }

    private CompletionStage<GigResource> execute(Call<?> call, GigCommand command) {
        var id = call.pathId("gigId", "gig");
        return gigs.execute(call, id, command).thenApply(gig -> GigResource.fromGig(id, gig));
    }
}
