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
                        .by(FREELANCER)
                        .takes(NewGig.class)
                        .gives(201, GigResource.class)
                        .with(Endpoint.Trait.IDEMPOTENCY_KEY)
                        .refuses(409, "gig-exists")
                        .refuses(422, "packages-unsound", "no-package", "media-not-yours")
                        .handledBy(this::create),
                get("/api/gigs/{gigId}", "A gig; one that is not on offer is its freelancer's alone")
                        .gives(200, GigResource.class)
                        .handledBy(this::read),
                put("/api/gigs/{gigId}", "Change a gig")
                        .by(FREELANCER)
                        .takes(GigFields.class)
                        .gives(200, GigResource.class)
                        .with(Endpoint.Trait.IF_MATCH)
                        .refuses(409, "gig-archived")
                        .refuses(422, "packages-unsound", "no-package", "media-not-yours")
                        .handledBy(call -> execute(
                                call,
                                new Edit(
                                        call.caller().id(),
                                        call.seenRevision(),
                                        call.body().details()))),
                step("publish", "Offer a draft, or one that was paused")
                        .refuses(422, "no-package")
                        .refuses(409, "gig-archived")
                        .handledBy(
                                call -> execute(call, new Publish(call.caller().id()))),
                step("pause", "Take a gig off the market for a while")
                        .refuses(409, "gig-not-published", "gig-archived")
                        .handledBy(call -> execute(call, new Pause(call.caller().id()))),
                step("archive", "Put a gig away for good")
                        .handledBy(
                                call -> execute(call, new Archive(call.caller().id()))),
                get("/api/me/gigs", "The gigs that you have posted, the latest first, drafts included")
                        .by(FREELANCER)
                        .givesPageOf(GigResource.class)
                        .handledBy(this::mine),
                get("/api/freelancers/{accountId}/gigs", "What a freelancer has on offer, the latest first")
                        .givesPageOf(GigResource.class)
                        .handledBy(this::ofFreelancer));
    }

    private static Endpoint.Shape<Void, GigResource> step(String noun, String summary) {
        return post("/api/gigs/{gigId}/" + noun, summary)
                .by(FREELANCER)
                .gives(200, GigResource.class)
                .with(Endpoint.Trait.IDEMPOTENCY_KEY);
    }

    private CompletionStage<GigResource> create(Call<NewGig> call) {
        var id = call.mint("gig");
        var it = call.body();
        return gigs.execute(call, id, new Post(call.caller().id(), it.details(), it.publish()))
                .thenApply(gig -> GigResource.of(id, gig));
    }

    private CompletionStage<GigResource> read(Call<Void> call) {
        var id = call.id("gigId", "gig");
        var who = call.who().map(Caller::id);
        return gigs.read(id, gig -> gig.isVisibleTo(who)).thenApply(gig -> GigResource.of(id, gig));
    }

    private CompletionStage<Page<GigResource>> mine(Call<Void> call) {
        return lists.ofFreelancer(call.caller().id(), call.page()).thenApply(page -> page.map(GigResource::of));
    }

    private CompletionStage<Page<GigResource>> ofFreelancer(Call<Void> call) {
        return lists.activeOf(call.id("accountId", "acc"), call.page()).thenApply(page -> page.map(GigResource::of));
    }

    private CompletionStage<GigResource> execute(Call<?> call, GigCommand command) {
        var id = call.id("gigId", "gig");
        return gigs.execute(call, id, command).thenApply(gig -> GigResource.of(id, gig));
    }
}
