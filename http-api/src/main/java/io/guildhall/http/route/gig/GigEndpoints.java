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
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.gig.Gigs;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a freelancer does with gigs, and what anybody sees of them. */
public final class GigEndpoints {
    private final AggregateApi<Gig, GigCommand, GigRejection> gigs;
    private final Gigs lists;

    public GigEndpoints(Entities entities, Gigs lists) {
        this.gigs = new AggregateApi<>(entities, Gig.AGGREGATE, GigProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/gigs", "Offer something, at once or as a draft")
                        .requires(FREELANCER)
                        .accepts(NewGig.class)
                        .returns(201, GigResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "gig-exists")
                        .problems(422, "packages-unsound", "no-package", "media-not-yours")
                        .handledBy(this::create),
                get("/api/gigs/{gigId}", "A gig; one that is not on offer is its freelancer's alone")
                        .returns(200, GigResource.class)
                        .handledBy(this::read),
                put("/api/gigs/{gigId}", "Change a gig")
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
                step("publish", "Offer a draft, or one that was paused")
                        .problems(422, "no-package")
                        .problems(409, "gig-archived")
                        .handledBy(
                                call -> execute(call, new Publish(call.caller().id()))),
                step("pause", "Take a gig off the market for a while")
                        .problems(409, "gig-not-published", "gig-archived")
                        .handledBy(call -> execute(call, new Pause(call.caller().id()))),
                step("archive", "Put a gig away for good")
                        .handledBy(
                                call -> execute(call, new Archive(call.caller().id()))),
                get("/api/me/gigs", "The gigs that you have posted, the latest first, drafts included")
                        .requires(FREELANCER)
                        .returnsPageOf(GigResource.class)
                        .handledBy(this::mine),
                get("/api/freelancers/{accountId}/gigs", "What a freelancer has on offer, the latest first")
                        .returnsPageOf(GigResource.class)
                        .handledBy(this::ofFreelancer));
    }

    private static EndpointBuilder<Void, GigResource> step(String noun, String summary) {
        return post("/api/gigs/{gigId}/" + noun, summary)
                .requires(FREELANCER)
                .returns(200, GigResource.class)
                .with(Endpoint.Feature.IDEMPOTENCY_KEY);
    }

    private CompletionStage<GigResource> create(Call<NewGig> call) {
        var id = call.newId("gig");
        var it = call.body();
        return gigs.execute(call, id, new Post(call.caller().id(), it.details(), it.publish()))
                .thenApply(gig -> GigResource.of(id, gig));
    }

    private CompletionStage<GigResource> read(Call<Void> call) {
        var id = call.pathId("gigId", "gig");
        var who = call.optionalCaller().map(Caller::id);
        return gigs.read(id, gig -> gig.isVisibleTo(who)).thenApply(gig -> GigResource.of(id, gig));
    }

    private CompletionStage<Page<GigResource>> mine(Call<Void> call) {
        return lists.ofFreelancer(call.caller().id(), call.page()).thenApply(page -> page.map(GigResource::of));
    }

    private CompletionStage<Page<GigResource>> ofFreelancer(Call<Void> call) {
        return lists.activeOf(call.pathId("accountId", "acc"), call.page())
                .thenApply(page -> page.map(GigResource::of));
    }

    private CompletionStage<GigResource> execute(Call<?> call, GigCommand command) {
        var id = call.pathId("gigId", "gig");
        return gigs.execute(call, id, command).thenApply(gig -> GigResource.of(id, gig));
    }
}
