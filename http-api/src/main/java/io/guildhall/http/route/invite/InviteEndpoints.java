package io.guildhall.http.route.invite;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand;
import io.guildhall.domain.contact.ContactsCommand.CountInvite;
import io.guildhall.domain.contact.ContactsRejection;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteCommand.*;
import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PermitInvite;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.job.JobProblems;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.readmodel.invite.Invites;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Invite a freelancer to a job, order a package, accept, decline and withdraw invites. */
public final class InviteEndpoints {
    private static final AccountLimit INVITES = AccountLimit.perMinute("invite", 60, "sent too many invites");
    private static final int DEFAULT_EXPIRY_DAYS = 7;

    private final Entities entities;
    private final AggregateApi<Invite, InviteCommand, InviteRejection> invites;
    private final AggregateApi<Contacts, ContactsCommand, ContactsRejection> contacts;
    private final AggregateApi<Room, RoomCommand, RoomRejection> rooms;
    private final AggregateReader<Job> jobs;
    private final AggregateReader<Gig> gigs;
    private final AccountDirectory directory;
    private final Invites lists;
    private final int feeBasisPoints;

    /** @param feeBasisPoints the fee of the hires that start */
    public InviteEndpoints(Entities entities, AccountDirectory directory, Invites lists, int feeBasisPoints) {
        this.entities = entities;
        this.feeBasisPoints = feeBasisPoints;
        this.invites = new AggregateApi<>(entities, Invite.AGGREGATE, InviteProblems::of);
        this.contacts = new AggregateApi<>(entities, Contacts.AGGREGATE, InviteProblems::of);
        this.jobs = new AggregateReader<>(entities, Job.AGGREGATE);
        this.gigs = new AggregateReader<>(entities, Gig.AGGREGATE);
        this.rooms = new AggregateApi<>(entities, Room.AGGREGATE, InviteProblems::of);
        this.directory = directory;
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/jobs/{jobId}/invites", "Invite a freelancer to your open job, with terms.")
                        .requires(CLIENT)
                        .accepts(InviteFields.class)
                        .returns(201, InviteResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .limited(INVITES)
                        .problems(403, "yourself", "invite-unavailable", "you-block")
                        .problems(
                                409,
                                "job-not-open",
                                "invite-exists",
                                "invite-accepted",
                                "too-many-invites",
                                "counterpart-suspended")
                        .problems(
                                422,
                                "milestones-do-not-add-up",
                                "milestones-too-long",
                                "other-currency",
                                "not-a-freelancer")
                        .handledBy(this::invite),
                post("/api/gigs/{gigId}/orders", "Order a package. Invites its freelancer with the package's terms.")
                        .requires(CLIENT)
                        .accepts(OrderFields.class)
                        .returns(201, InviteResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .limited(INVITES)
                        .problems(403, "yourself", "invite-unavailable", "you-block")
                        .problems(409, "gig-changed", "too-many-invites", "counterpart-suspended")
                        .problems(422, "no-such-package")
                        .handledBy(this::order),
                get("/api/invites/{inviteId}", "Get an invite. Only its client and freelancer can read it.")
                        .requiresLogin()
                        .returns(200, InviteResource.class)
                        .handledBy(this::read),
                get("/api/me/invites/sent", "List the invites that you have sent, newest first.")
                        .requires(CLIENT)
                        .returnsPageOf(InviteResource.class)
                        .handledBy(call -> lists.sentBy(call.caller().id(), call.page())
                                .thenApply(page -> page.map(InviteResource::fromRow))),
                get("/api/me/invites/received", "List the invites that you have received, newest first.")
                        .requires(FREELANCER)
                        .returnsPageOf(InviteResource.class)
                        .handledBy(call -> lists.receivedBy(call.caller().id(), call.page())
                                .thenApply(page -> page.map(InviteResource::fromRow))),
                action(
                                "accept",
                                "Accept an invite. Requires a verified payout account. Starts the hire. Read the invite, or the hire"
                                        + " with the id contractId, for the result.")
                        .requires(FREELANCER)
                        .returns(202, InviteResource.class)
                        .problems(409, "invite-over", "invite-expired", "payout-not-ready", "counterpart-suspended")
                        .handledBy(this::accept),
                action("decline", "Decline an invite.")
                        .requires(FREELANCER)
                        .accepts(DeclineInvite.class)
                        .returns(200, InviteResource.class)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .problems(409, "invite-accepted", "invite-over")
                        .handledBy(call -> execute(
                                call,
                                new Decline(call.caller().id(), call.body().reason()))),
                action("withdraw", "Withdraw an invite that was not accepted.")
                        .requires(CLIENT)
                        .returns(200, InviteResource.class)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .problems(409, "invite-accepted", "invite-over")
                        .handledBy(
                                call -> execute(call, new Withdraw(call.caller().id()))));
    }

    private static EndpointBuilder<Void, Void> action(String action, String summary) {
        return post("/api/invites/{inviteId}/" + action, summary)
                .with(Feature.IDEMPOTENCY_KEY)
                .problems(403, "not-your-part");
    }

    public record DeclineInvite(
            @NotBlank @Paragraphs(max = 500) String reason) {}

    /** Checks job and freelancer early, for a clear problem. The job decides again when the invite is accepted. */
    private CompletionStage<InviteResource> invite(Call<InviteFields> call) {
        var jobId = call.pathId("jobId", "job");
        var clientId = call.caller().id();
        var body = call.body();
        return jobs.read(jobId, job -> job.belongsTo(clientId))
                .thenApply(JobProblems::openPosting)
                .thenCompose(posting -> {
                    JobProblems.requireCurrency(posting, body.price().money());
                    return isFreelancer(body.freelancerId()).thenCompose(isFreelancer -> {
                        if (!isFreelancer) throw InviteProblems.notAFreelancer();
                        var source = Source.job(jobId, posting.details().title());
                        var send = new Send(
                                clientId,
                                body.freelancerId(),
                                source,
                                body.offer(),
                                body.expiresInDays().orElse(DEFAULT_EXPIRY_DAYS));
                        return send(call, Invite.id(jobId, body.freelancerId()), send);
                    });
                });
    }

    private CompletionStage<Boolean> isFreelancer(String accountId) {
        return directory
                .find(accountId)
                .thenApply(account -> account.filter(it -> it.status() == AccountStatus.ACTIVE
                                && it.roles().contains(FREELANCER.name()))
                        .isPresent());
    }

    private CompletionStage<InviteResource> order(Call<OrderFields> call) {
        var gigId = call.pathId("gigId", "gig");
        var body = call.body();
        return gigs.read(gigId, gig -> gig.isVisibleTo(Optional.empty())).thenCompose(gig -> {
            var listing = gig.findListing().orElseThrow();
            if (listing.revision() != body.revision())
                throw new Problem(
                        409, "gig-changed", "The gig was changed since you read it. Read it again before you order.");
            var ordered = listing.details().find(body.tier()).orElseThrow(InviteProblems::noSuchPackage);
            var source = Source.order(gigId, body.tier(), listing.details().title());
            return send(
                    call,
                    call.newId(Invite.PREFIX),
                    new Send(
                            call.caller().id(),
                            listing.freelancerId(),
                            source,
                            offer(ordered, source, body),
                            body.expiresInDays().orElse(DEFAULT_EXPIRY_DAYS)));
        });
    }

    /** An offer with one milestone. */
    private static Offer offer(GigPackage ordered, Source source, OrderFields body) {
        var milestone = new MilestoneTerms(source.title(), ordered.price(), ordered.deliveryDays());
        return new Offer(body.message(), ordered.price(), ordered.deliveryDays(), List.of(milestone));
    }

    private CompletionStage<InviteResource> accept(Call<Void> call) {
        var freelancerId = call.caller().id();
        return entities.state(PayoutAccount.AGGREGATE, freelancerId)
                .thenCompose(account -> execute(
                        call,
                        new Accept(freelancerId, call.newId("ctr"), feeBasisPoints, account.canReceiveTransfers())));
    }

    /**
     * The invite counts before it is sent, so that no number of concurrent requests exceeds the limits. The room of the two
     * accounts, which decides about blocks, must permit it.
     */
    private CompletionStage<InviteResource> send(Call<?> call, String id, Send send) {
        var count = new CountInvite(send.by(), send.freelancerId(), call.newId("req"));
        var permit = new PermitInvite(send.by(), send.freelancerId(), id);
        return contacts.execute(call, send.by(), count)
                .thenCompose(_ -> rooms.execute(call, Room.conversationId(permit.by(), permit.otherId()), permit))
                .thenCompose(_ -> invites.execute(call, id, send))
                .thenApply(it -> InviteResource.fromInvite(id, it));
    }

    private CompletionStage<InviteResource> read(Call<Void> call) {
        return visible(call).thenApply(it -> InviteResource.fromInvite(call.pathParameter("inviteId"), it));
    }

    private CompletionStage<Invite> visible(Call<?> call) {
        return invites.read(
                call.pathId("inviteId", Invite.PREFIX),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<InviteResource> execute(Call<?> call, InviteCommand command) {
        return visible(call)
                .thenCompose(_ -> invites.execute(call, call.pathParameter("inviteId"), command))
                .thenApply(it -> InviteResource.fromInvite(call.pathParameter("inviteId"), it));
    }
}
