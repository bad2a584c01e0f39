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

/** What one may do with proposals. */
public final class ProposalEndpoints {
    private static final String[] SETTLED = {"proposal-accepted", "proposal-declined", "proposal-withdrawn"};

    private final Entities entities;
    private final AggregateApi<Proposal, ProposalCommand, ProposalRejection> proposals;
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final Proposals lists;

    public ProposalEndpoints(Entities entities, Proposals lists) {
        this.entities = entities;
        this.proposals = new AggregateApi<>(entities, Proposal.AGGREGATE, ProposalProblems::of);
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/jobs/{jobId}/proposals", "Apply for a job")
                        .requires(FREELANCER)
                        .accepts(ProposalTerms.class)
                        .returns(201, ProposalResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "own-job")
                        .problems(409, "job-not-open", "payout-not-ready", "proposal-exists")
                        .problems(409, SETTLED)
                        .problems(422, "milestones-do-not-add-up", "other-currency")
                        .handledBy(this::submit),
                get("/api/jobs/{jobId}/proposals", "The proposals for a job of yours, the latest first")
                        .requires(CLIENT)
                        .returnsPageOf(ProposalResource.class)
                        .handledBy(this::ofJob),
                get("/api/me/proposals", "The proposals that you have made, the latest first")
                        .requires(FREELANCER)
                        .returnsPageOf(ProposalResource.class)
                        .handledBy(call -> lists.ofFreelancer(call.caller().id(), call.page())
                                .thenApply(page -> page.map(ProposalResource::of))),
                get("/api/proposals/{proposalId}", "A proposal, for its two parties")
                        .requiresLogin()
                        .returns(200, ProposalResource.class)
                        .handledBy(this::read),
                put("/api/proposals/{proposalId}", "Revise a proposal")
                        .requires(FREELANCER)
                        .accepts(ProposalTerms.class)
                        .returns(200, ProposalResource.class)
                        .with(Feature.IF_MATCH)
                        .problems(409, SETTLED)
                        .problems(409, "currency-fixed")
                        .problems(422, "milestones-do-not-add-up")
                        .handledBy(this::revise),
                step("withdraw", "Withdraw a proposal")
                        .requires(FREELANCER)
                        .handledBy(call -> execute(call, Withdraw::new)),
                step("mark-seen", "Say that you have seen a proposal")
                        .requires(CLIENT)
                        .handledBy(call -> execute(call, MarkSeen::new)),
                step("shortlist", "Put a proposal on the shortlist")
                        .requires(CLIENT)
                        .handledBy(call -> execute(call, Shortlist::new)),
                post("/api/proposals/{proposalId}/accept", "Hire; what comes of it shows in the job")
                        .requires(CLIENT)
                        .accepts(Acceptance.class)
                        .returns(202, JobResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "not-your-part")
                        .problems(409, "proposal-revised", "proposal-declined", "proposal-withdrawn")
                        .problems(409, "job-being-filled", "job-not-open", "proposal-not-waiting")
                        .handledBy(this::accept));
    }

    private static EndpointBuilder<Void, ProposalResource> step(String what, String summary) {
        return post("/api/proposals/{proposalId}/" + what, summary)
                .returns(200, ProposalResource.class)
                .with(Feature.IDEMPOTENCY_KEY)
                .problems(409, SETTLED);
    }

    /** @param revision that the client has seen; only that is accepted */
    public record Acceptance(@Min(1) long revision) {}

    /** That the job is open and can be paid for is asked out of courtesy here; the job itself decides when it receives the proposal. */
    private CompletionStage<ProposalResource> submit(Call<ProposalTerms> call) {
        var jobId = call.pathId("jobId", "job");
        var by = call.caller().id();
        var id = Proposal.id(jobId, by);
        var terms = call.body().terms();
        return jobs.read(jobId, job -> job.isVisibleTo(Optional.of(by))).thenCompose(job -> {
            var posting = openPosting(job);
            if (posting.clientId().equals(by)) throw ProposalProblems.of(ProposalRejection.OWN_JOB);
            if (!posting.details().budgetMax().currency().equals(terms.price().currency()))
                throw JobProblems.of(JobRejection.OTHER_CURRENCY);
            return entities.state(PayoutAccount.AGGREGATE, by).thenCompose(account -> {
                if (!account.canReceiveTransfers()) throw ProposalProblems.payoutNotReady();
                return proposals
                        .execute(call, id, new Submit(by, jobId, posting.clientId(), terms))
                        .thenApply(it -> ProposalResource.of(id, it));
            });
        });
    }

    private static Job.Posting openPosting(Job job) {
        return switch (job) {
            case Job.Open it -> it.posting();
            case Job.NotCreated _,
                    Job.Draft _,
                    Job.Filling _,
                    Job.Hired _,
                    Job.Completed _,
                    Job.Cancelled _,
                    Job.Closed _ -> throw JobProblems.of(JobRejection.NOT_OPEN);
        };
    }

    private CompletionStage<Page<ProposalResource>> ofJob(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        return jobs.read(id, job -> job.belongsTo(call.caller().id()))
                .thenCompose(_ -> lists.ofJob(id, call.page()))
                .thenApply(page -> page.map(ProposalResource::of));
    }

    private CompletionStage<ProposalResource> read(Call<Void> call) {
        return visible(call).thenApply(it -> ProposalResource.of(call.pathParameter("proposalId"), it));
    }

    private CompletionStage<Proposal> visible(Call<?> call) {
        return proposals.read(
                call.pathId("proposalId", "prp"),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<ProposalResource> revise(Call<ProposalTerms> call) {
        var terms = call.body().terms();
        return visible(call)
                .thenCompose(proposal -> execute(call, by -> new Revise(by, call.expectedRevision(), terms)));
    }

    private CompletionStage<JobResource> accept(Call<Acceptance> call) {
        var by = call.caller().id();
        long revision = call.body().revision();
        return visible(call).thenCompose(proposal -> {
            var bid = acceptable(proposal);
            if (!bid.clientId().equals(by)) throw AggregateApi.notYourPart();
            if (bid.revision() != revision) throw ProposalProblems.revised();
            var command = new JobCommand.Accept(by, call.pathParameter("proposalId"), revision, call.newId("ctr"));
            return jobs.execute(call, bid.jobId(), command).thenApply(job -> JobResource.of(bid.jobId(), job));
        });
    }

    /** What is settled already is said at once; what happens from here on, the hire finds out and tells. */
    private static Proposal.Bid acceptable(Proposal proposal) {
        return switch (proposal) {
            case Proposal.NotCreated _ -> throw AggregateApi.notFound();
            case Proposal.Pending it -> it.bid();
            // Accepted before: the job confirms it.
            case Proposal.Accepted it -> it.bid();
            case Proposal.Declined _ -> throw ProposalProblems.of(ProposalRejection.ALREADY_DECLINED);
            case Proposal.Withdrawn _ -> throw ProposalProblems.of(ProposalRejection.ALREADY_WITHDRAWN);
        };
    }

    private CompletionStage<ProposalResource> execute(Call<?> call, Function<String, ProposalCommand> command) {
        var id = call.pathId("proposalId", "prp");
        return proposals
                .execute(call, id, command.apply(call.caller().id()))
                .thenApply(it -> ProposalResource.of(id, it));
    }
}
