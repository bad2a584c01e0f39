package io.guildhall.http.route.invite;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigRejection;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.gig.GigProblems;
import io.guildhall.http.route.job.JobProblems;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.invite.Invites;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A client invites to a job or orders a package; a freelancer accepts or declines. */
public final class InviteEndpoints {
    private final AggregateApi<Invite, InviteCommand, InviteRejection> invites;
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final AggregateApi<Gig, GigCommand, GigRejection> gigs;
    private final AccountDirectory directory;
    private final Invites lists;

    public InviteEndpoints(Entities entities, AccountDirectory directory, Invites lists) {
        this.invites = new AggregateApi<>(entities, Invite.AGGREGATE, InviteProblems::of);
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.gigs = new AggregateApi<>(entities, Gig.AGGREGATE, GigProblems::of);
        this.directory = directory;
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/jobs/{jobId}/invites", "Invite a freelancer to an open job of yours, with terms")
                        .requires(CLIENT)
                        .accepts(NewInvite.class)
                        .returns(201, InviteResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "yourself")
                        .problems(409, "job-not-open", "invite-exists", "invite-accepted")
                        .problems(422, "milestones-do-not-add-up", "other-currency", "not-a-freelancer")
                        .handledBy(this::invite),
                post(
                                "/api/gigs/{gigId}/orders",
                                "Order a package of a gig, which invites its freelancer with the package's terms")
                        .requires(CLIENT)
                        .accepts(NewOrder.class)
                        .returns(201, InviteResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "yourself")
                        .problems(409, "gig-changed")
                        .problems(422, "no-such-package")
                        .handledBy(this::order),
                get("/api/invites/{inviteId}", "An invite, for its two sides")
                        .requiresLogin()
                        .returns(200, InviteResource.class)
                        .handledBy(this::read),
                get("/api/me/invites/sent", "The invites that you have sent, the latest first")
                        .requires(CLIENT)
                        .returnsPageOf(InviteResource.class)
                        .handledBy(call -> lists.sentBy(call.caller().id(), call.page())
                                .thenApply(page -> page.map(InviteResource::of))),
                get("/api/me/invites/received", "The invites that you have received, the latest first")
                        .requires(FREELANCER)
                        .returnsPageOf(InviteResource.class)
                        .handledBy(call -> lists.receivedBy(call.caller().id(), call.page())
                                .thenApply(page -> page.map(InviteResource::of))),
                step("accept", "Accept an invite; what comes of it shows in the invite and the contract")
                        .requires(FREELANCER)
                        .returns(202, InviteResource.class)
                        .problems(409, "invite-over", "invite-expired")
                        .handledBy(
                                call -> execute(call, new Accept(call.caller().id(), call.newId("ctr")))),
                step("decline", "Decline an invite")
                        .requires(FREELANCER)
                        .accepts(Declination.class)
                        .returns(200, InviteResource.class)
                        .problems(409, "invite-accepted", "invite-over")
                        .handledBy(call -> execute(
                                call,
                                new Decline(call.caller().id(), call.body().why()))),
                step("withdraw", "Take an invite back that was not accepted")
                        .requires(CLIENT)
                        .returns(200, InviteResource.class)
                        .problems(409, "invite-accepted", "invite-over")
                        .handledBy(
                                call -> execute(call, new Withdraw(call.caller().id()))));
    }

    private static EndpointBuilder<Void, Void> step(String what, String summary) {
        return post("/api/invites/{inviteId}/" + what, summary)
                .with(Feature.IDEMPOTENCY_KEY)
                .problems(403, "not-your-part");
    }

    public record Declination(@NotBlank @Size(max = 500) String why) {}

    /** That the job is open and the freelancer one is asked out of courtesy here; the job itself decides when the invite is taken. */
    private CompletionStage<InviteResource> invite(Call<NewInvite> call) {
        var jobId = call.pathId("jobId", "job");
        var by = call.caller().id();
        var body = call.body();
        return jobs.read(jobId, job -> job.belongsTo(by))
                .thenApply(InviteEndpoints::open)
                .thenCompose(posting -> {
                    if (!posting.details()
                            .budgetMax()
                            .currency()
                            .equals(body.price().currency())) throw JobProblems.of(JobRejection.OTHER_CURRENCY);
                    return isFreelancer(body.freelancerId()).thenCompose(is -> {
                        if (!is) throw InviteProblems.notAFreelancer();
                        var source = Source.job(jobId, posting.details().title());
                        return send(
                                call,
                                Invite.id(jobId, body.freelancerId()),
                                new Send(by, body.freelancerId(), source, body.offer(), body.days()));
                    });
                });
    }

    private static Job.Posting open(Job job) {
        if (job instanceof Job.Open it) return it.posting();
        throw JobProblems.of(JobRejection.NOT_OPEN);
    }

    private CompletionStage<Boolean> isFreelancer(String accountId) {
        return directory
                .find(accountId)
                .thenApply(found -> found.filter(it -> it.status() == AccountDirectory.Status.ACTIVE
                                && it.roles().contains(FREELANCER.name()))
                        .isPresent());
    }

    private CompletionStage<InviteResource> order(Call<NewOrder> call) {
        var gigId = call.pathId("gigId", "gig");
        var body = call.body();
        return gigs.read(gigId, gig -> gig.isVisibleTo(Optional.empty())).thenCompose(gig -> {
            var offered = gig.findListing().orElseThrow();
            if (offered.revision() != body.revision())
                throw new Problem(409, "gig-changed", "It was changed meanwhile; read it again before you order.");
            var ordered = offered.details().find(body.tier()).orElseThrow(InviteProblems::noSuchPackage);
            var source = Source.order(gigId, body.tier(), offered.details().title());
            return send(
                    call,
                    call.newId(Invite.PREFIX),
                    new Send(
                            call.caller().id(),
                            offered.freelancerId(),
                            source,
                            offer(ordered, source, body),
                            body.days()));
        });
    }

    /** Delivered and paid in one. */
    private static Offer offer(GigPackage ordered, Source source, NewOrder body) {
        var all = new MilestoneTerms(source.title(), ordered.price(), ordered.deliveryDays());
        return new Offer(body.message(), ordered.price(), ordered.deliveryDays(), List.of(all));
    }

    private CompletionStage<InviteResource> send(Call<?> call, String id, Send send) {
        return invites.execute(call, id, send).thenApply(it -> InviteResource.of(id, it));
    }

    private CompletionStage<InviteResource> read(Call<Void> call) {
        return visible(call).thenApply(it -> InviteResource.of(call.pathParameter("inviteId"), it));
    }

    private CompletionStage<Invite> visible(Call<?> call) {
        return invites.read(
                call.pathId("inviteId", Invite.PREFIX),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<InviteResource> execute(Call<?> call, InviteCommand command) {
        return visible(call)
                .thenCompose(_ -> invites.execute(call, call.pathParameter("inviteId"), command))
                .thenApply(it -> InviteResource.of(call.pathParameter("inviteId"), it));
    }
}
