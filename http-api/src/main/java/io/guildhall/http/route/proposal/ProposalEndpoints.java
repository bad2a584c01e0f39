package io.guildhall.http.route.proposal;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.ProposalCommand.MarkSeen;
import io.guildhall.domain.proposal.ProposalCommand.Revise;
import io.guildhall.domain.proposal.ProposalCommand.Shortlist;
import io.guildhall.domain.proposal.ProposalCommand.Submit;
import io.guildhall.domain.proposal.ProposalCommand.Withdraw;
import io.guildhall.domain.proposal.ProposalRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.job.JobProblems;
import io.guildhall.http.route.job.JobResource;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.proposal.Proposals;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Submit, list, revise, withdraw, shortlist and accept proposals. */
public final class ProposalEndpoints {
    private static final String[] NOT_PENDING = {"proposal-accepted", "proposal-declined", "proposal-withdrawn"};

    private final Entities entities;
    private static final AccountLimit SUBMISSIONS =
            AccountLimit.perMinute("proposal", 60, "submitted or revised too many proposals");

    private final AggregateApi<Proposal, ProposalCommand, ProposalRejection> proposals;
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final Proposals lists;
    private final int feeBasisPoints;

    /** @param feeBasisPoints the fee of the hires that start */
    public ProposalEndpoints(Entities entities, Proposals lists, int feeBasisPoints) {
        this.feeBasisPoints = feeBasisPoints;
        this.entities = entities;
        this.proposals = new AggregateApi<>(entities, Proposal.AGGREGATE, ProposalProblems::of);
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/jobs/{jobId}/proposals",
                                "Submit a proposal for an open job, or submit a withdrawn one again. Requires a verified payout"
                                        + " account. Submitting the same while it waits changes nothing.")
                        .requires(FREELANCER)
                        .accepts(ProposalFields.class)
                        .returns(201, ProposalResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .limited(SUBMISSIONS)
                        .problems(403, "own-job")
                        .problems(409, "job-not-open", "payout-not-ready", "proposal-exists")
                        .problems(409, "proposal-accepted", "proposal-declined")
                        .problems(409, "counterpart-suspended")
                        .problems(422, "milestones-do-not-add-up", "milestones-too-long", "other-currency")
                        .handledBy(this::submit),
                get(
                                "/api/jobs/{jobId}/proposals",
                                "List the proposals for a job. Only its client can read them. Newest first.")
                        .requires(CLIENT)
                        .returnsPageOf(ProposalResource.class)
                        .handledBy(this::ofJob),
                get("/api/me/proposals", "List your proposals, newest first.")
                        .requires(FREELANCER)
                        .returnsPageOf(ProposalResource.class)
                        .handledBy(call -> lists.ofFreelancer(call.caller().id(), call.page())
                                .thenApply(page -> page.map(ProposalResource::fromRow))),
                get("/api/proposals/{proposalId}", "Get a proposal. Only its client and freelancer can read it.")
                        .requiresLogin()
                        .returns(200, ProposalResource.class)
                        .handledBy(this::read),
                put("/api/proposals/{proposalId}", "Revise a proposal. Replaces all fields.")
                        .requires(FREELANCER)
                        .accepts(ProposalFields.class)
                        .returns(200, ProposalResource.class)
                        .with(Feature.IF_MATCH)
                        .limited(SUBMISSIONS)
                        .problems(409, NOT_PENDING)
                        .problems(409, "currency-fixed", "counterpart-suspended")
                        .problems(422, "milestones-do-not-add-up", "milestones-too-long")
                        .handledBy(this::revise),
                action("withdraw", "Withdraw a proposal. While the job is open, it can be submitted again.")
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .requires(FREELANCER)
                        .handledBy(call -> execute(call, Withdraw::new)),
                action("mark-seen", "Mark a proposal as seen.")
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .requires(CLIENT)
                        .handledBy(call -> execute(call, MarkSeen::new)),
                action("shortlist", "Shortlist a proposal.")
                        .problems(409, "counterpart-suspended")
                        .requires(CLIENT)
                        .handledBy(call -> execute(call, Shortlist::new)),
                post(
                                "/api/proposals/{proposalId}/accept",
                                "Accept a proposal. Starts the hire; its progress shows in the job, and in the hire with the id contractId.")
                        .requires(CLIENT)
                        .accepts(AcceptProposal.class)
                        .returns(202, JobResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "not-your-part")
                        .problems(409, "proposal-revised", "proposal-declined", "proposal-withdrawn")
                        .problems(409, "job-being-filled", "job-not-open", "counterpart-suspended")
                        .handledBy(this::accept));
    }

    private static EndpointBuilder<Void, ProposalResource> action(String action, String summary) {
        return post("/api/proposals/{proposalId}/" + action, summary)
                .returns(200, ProposalResource.class)
                .with(Feature.IDEMPOTENCY_KEY)
                .problems(409, NOT_PENDING);
    }

    /** @param revision the revision that the client has read; accepting another revision is rejected */
    public record AcceptProposal(@Min(1) long revision) {}

    /** Checks the job early, for a clear problem. The job decides again when it receives the proposal. */
    private CompletionStage<ProposalResource> submit(Call<ProposalFields> call) {
        var jobId = call.pathId("jobId", "job");
        var freelancerId = call.caller().id();
        var id = Proposal.id(jobId, freelancerId);
        var terms = call.body().terms();
        return jobs.read(jobId, job -> job.isVisibleTo(Optional.of(freelancerId)))
                .thenCompose(job -> {
                    var posting = JobProblems.openPosting(job);
                    if (posting.clientId().equals(freelancerId)) throw ProposalProblems.of(ProposalRejection.OWN_JOB);
                    JobProblems.requireCurrency(posting, terms.price());
                    return entities.state(PayoutAccount.AGGREGATE, freelancerId)
                            .thenCompose(account -> proposals.execute(
                                    call,
                                    id,
                                    new Submit(
                                            freelancerId,
                                            jobId,
                                            posting.clientId(),
                                            posting.details().title(),
                                            account.canReceiveTransfers(),
                                            terms)))
                            .thenApply(it -> ProposalResource.fromProposal(id, it));
                });
    }

    private CompletionStage<Page<ProposalResource>> ofJob(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        return jobs.read(id, job -> job.belongsTo(call.caller().id()))
                .thenCompose(_ -> lists.ofJob(id, call.page()))
                .thenApply(page -> page.map(ProposalResource::fromRow));
    }

    private CompletionStage<ProposalResource> read(Call<Void> call) {
        return visible(call).thenApply(it -> ProposalResource.fromProposal(call.pathParameter("proposalId"), it));
    }

    private CompletionStage<Proposal> visible(Call<?> call) {
        return proposals.read(
                call.pathId("proposalId", "prp"),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<ProposalResource> revise(Call<ProposalFields> call) {
        var terms = call.body().terms();
        return visible(call)
                .thenCompose(proposal -> execute(call, by -> new Revise(by, call.expectedRevision(), terms)));
    }

    private CompletionStage<JobResource> accept(Call<AcceptProposal> call) {
        var clientId = call.caller().id();
        long revision = call.body().revision();
        return visible(call).thenCompose(proposal -> {
            var bid = acceptable(proposal);
            if (!bid.clientId().equals(clientId)) throw AggregateApi.notYourPart();
            if (bid.revision() != revision) throw ProposalProblems.revised();
            var command = new JobCommand.Accept(
                    clientId, call.pathParameter("proposalId"), revision, call.newId("ctr"), feeBasisPoints);
            return jobs.execute(call, bid.jobId(), command).thenApply(job -> JobResource.forClient(bid.jobId(), job));
        });
    }

    /**
     * Rejects a proposal that was declined or withdrawn early, for a clear problem. The proposal decides again as a step
     * of the hire, and the job decides between several accepts.
     */
    private static Proposal.Bid acceptable(Proposal proposal) {
        return switch (proposal) {
            case Proposal.NotCreated _ -> throw AggregateApi.notFound();
            case Proposal.Pending it -> it.bid();
            // Accepted already: the job confirms a repeated accept.
            case Proposal.Accepted it -> it.bid();
            case Proposal.Declined _ -> throw ProposalProblems.of(ProposalRejection.ALREADY_DECLINED);
            case Proposal.Withdrawn _ -> throw ProposalProblems.of(ProposalRejection.ALREADY_WITHDRAWN);
        };
    }

    private CompletionStage<ProposalResource> execute(Call<?> call, Function<String, ProposalCommand> command) {
        var id = call.pathId("proposalId", "prp");
        return proposals
                .execute(call, id, command.apply(call.caller().id()))
                .thenApply(it -> ProposalResource.fromProposal(id, it));
    }
}
