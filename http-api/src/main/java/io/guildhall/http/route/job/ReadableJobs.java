package io.guildhall.http.route.job;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.PublicPages;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The jobs that a caller can read: for the page of a job, and for its channel of the live API. */
public final class ReadableJobs {
    private final Entities entities;
    private final AggregateReader<Job> jobs;
    private final PublicPages pages;

    public ReadableJobs(Entities entities, PublicPages pages) {
        this.entities = entities;
        this.jobs = new AggregateReader<>(entities, Job.AGGREGATE);
        this.pages = pages;
    }

    /** @throws Problem 404 (in the stage) if the reader cannot read the job */
    public CompletionStage<Job> read(String id, Optional<Caller> reader) {
        return jobs.read(id, job -> job.isVisibleTo(reader.map(Caller::id)))
                .thenCompose(job -> isPageVisible(id, job, reader).thenApply(isVisible -> {
                    if (!isVisible) throw AggregateApi.notFound();
                    return job;
                }));
    }

    /** Whether the job is public, or this reader is its owner or an admin. */
    public boolean isPublic(Job job, Optional<Caller> reader) {
        return job.findPosting()
                .filter(it -> pages.isVisible(it.clientId(), reader))
                .isPresent();
    }

    private CompletionStage<Boolean> isPageVisible(String id, Job job, Optional<Caller> reader) {
        return isPublic(job, reader)
                ? completedFuture(true)
                : reader.map(it -> hasApplication(id, it.id())).orElse(completedFuture(false));
    }

    /** Whether the freelancer has a proposal for the job or an invite to it, so possibly a contract. */
    private CompletionStage<Boolean> hasApplication(String jobId, String freelancerId) {
        return entities.state(Proposal.AGGREGATE, Proposal.id(jobId, freelancerId))
                .thenCombine(
                        entities.state(Invite.AGGREGATE, Invite.id(jobId, freelancerId)),
                        (proposal, invite) -> proposal.isVisibleTo(freelancerId) || invite.isVisibleTo(freelancerId));
    }
}
