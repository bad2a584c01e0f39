package io.guildhall.http.route.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.domain.job.Job;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Dates;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as the API returns it.
 *
 * @param fields the content of the job
 * @param proposalCount the number of proposals that wait for a decision; in lists also after the hire
 * @param contractId the contract that is being created or was created, which is also the id of the hire; for the client
 *     only, the freelancer finds it in the list of contracts
 * @param lastHireFailure why the last hire could not be completed; for the client only
 * @param publishedAt absent for a draft
 * @param changedAt proposals do not change it
 */
public record JobResource(
        String id,
        UserResource client,
        @JsonUnwrapped JobFields fields,
        JobStatus status,
        long revision,
        OptionalInt proposalCount,
        Optional<String> contractId,
        Optional<HireFailure> lastHireFailure,
        Instant createdAt,
        Optional<Instant> publishedAt,
        Instant changedAt)
        implements Versioned {

    /**
     * @param contractId the id of the hire
     * @param proposalId present if the client had accepted a proposal
     * @param inviteId present if the freelancer had accepted an invite
     */
    public record HireFailure(
            String contractId, Optional<String> proposalId, Optional<String> inviteId, String reason) {
        static HireFailure from(Job.FailedHire hire) {
            return new HireFailure(hire.contractId(), hire.proposalId(), hire.inviteId(), hire.reason());
        }
    }

    /** The state of the job, without its content. */
    private record State(
            JobStatus status,
            OptionalInt proposalCount,
            Optional<String> contractId,
            Optional<HireFailure> lastHireFailure) {

        static State of(JobStatus status) {
            return new State(status, OptionalInt.empty(), Optional.empty(), Optional.empty());
        }

        State proposals(int count) {
            return new State(status, OptionalInt.of(count), contractId, lastHireFailure);
        }

        State contract(String id) {
            return new State(status, proposalCount, Optional.of(id), lastHireFailure);
        }

        State failure(Optional<HireFailure> failure) {
            return new State(status, proposalCount, contractId, failure);
        }

        /** Hides what only the client is allowed to see. */
        State forOthers() {
            return new State(status, proposalCount, Optional.empty(), Optional.empty());
        }
    }

    /** The job as its client sees it. */
    public static JobResource forClient(String id, Job job) {
        return create(id, posting(job), state(job));
    }

    /** The job as other callers see it. */
    public static JobResource forOthers(String id, Job job) {
        return create(id, posting(job), state(job).forOthers());
    }

    /** The job in a list. */
    public static JobResource fromRow(JobRow row) {
        var state = new State(row.status(), OptionalInt.of(row.proposals()), row.contractId(), Optional.empty());
        var dates = new Dates(row.postedAt(), row.changedAt());
        var posting = new Job.Posting(row.clientId(), row.details(), row.revision(), dates, row.publishedAt());
        return create(row.id(), posting, state);
    }

    private static Job.Posting posting(Job job) {
        return switch (job) {
            case Job.NotCreated _ -> throw AggregateApi.notFound();
            case Job.Draft it -> it.posting();
            case Job.Open it -> it.posting();
            case Job.Filling it -> it.posting();
            case Job.Hired it -> it.posting();
            case Job.Completed it -> it.posting();
            case Job.Cancelled it -> it.posting();
            case Job.Closed it -> it.posting();
        };
    }

    private static State state(Job job) {
        return switch (job) {
            case Job.NotCreated _ -> throw AggregateApi.notFound();
            case Job.Draft _ -> State.of(JobStatus.DRAFT).proposals(0);
            case Job.Open it ->
                State.of(JobStatus.OPEN)
                        .proposals(it.proposals().waiting())
                        .failure(it.lastFailure().map(HireFailure::from));
            case Job.Filling it ->
                State.of(JobStatus.FILLING)
                        .proposals(it.proposals().waiting())
                        .contract(it.hire().contractId());
            case Job.Hired it -> State.of(JobStatus.HIRED).contract(it.contractId());
            case Job.Completed it -> State.of(JobStatus.COMPLETED).contract(it.contractId());
            case Job.Cancelled it -> State.of(JobStatus.CANCELLED).contract(it.contractId());
            case Job.Closed _ -> State.of(JobStatus.CLOSED);
        };
    }

    private static JobResource create(String id, Job.Posting posting, State state) {
        return new JobResource(
                id,
                UserResource.of(posting.clientId()),
                JobFields.from(posting.details()),
                state.status(),
                posting.revision(),
                state.proposalCount(),
                state.contractId(),
                state.lastHireFailure(),
                posting.dates().createdAt(),
                posting.publishedAt(),
                posting.dates().changedAt());
    }
}
