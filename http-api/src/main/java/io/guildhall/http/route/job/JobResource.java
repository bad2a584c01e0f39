package io.guildhall.http.route.job;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as a web client sees it.
 *
 * @param proposals received so far, while that matters
 * @param contractId of who is being or was hired; for the client only, the other party finds it among its contracts
 * @param lastHireRefusal why the last hire did not come about; for the client only
 * @param postedAt in lists
 * @param publishedAt in lists
 */
public record JobResource(
        String id,
        String clientId,
        String title,
        String description,
        String category,
        List<String> skills,
        JobDetails.Pay pay,
        Budget budget,
        JobStatus status,
        long revision,
        OptionalInt proposals,
        Optional<String> contractId,
        Optional<HireRefusal> lastHireRefusal,
        Optional<Instant> postedAt,
        Optional<Instant> publishedAt)
        implements Versioned {

    public record Budget(Money min, Money max) {}

    public record HireRefusal(String proposalId, String why) {}

    /** As its client sees it. */
    public static JobResource of(String id, Job job) {
        return switch (job) {
            case Job.NotCreated _ -> throw AggregateApi.notFound();
            case Job.Draft it -> of(id, it.posting(), JobStatus.DRAFT, OptionalInt.of(0), Optional.empty());
            case Job.Open it ->
                of(
                                id,
                                it.posting(),
                                JobStatus.OPEN,
                                OptionalInt.of(it.proposals().size()),
                                Optional.empty())
                        .with(
                                Optional.empty(),
                                it.lastFailure().map(last -> new HireRefusal(last.proposalId(), last.reason())));
            case Job.Filling it ->
                of(
                        id,
                        it.posting(),
                        JobStatus.FILLING,
                        OptionalInt.of(it.proposals().size()),
                        Optional.of(it.hire().contractId()));
            case Job.Hired it -> of(id, it.posting(), JobStatus.HIRED, it.contractId());
            case Job.Completed it -> of(id, it.posting(), JobStatus.COMPLETED, it.contractId());
            case Job.Cancelled it -> of(id, it.posting(), JobStatus.CANCELLED, it.contractId());
            case Job.Closed it -> of(id, it.posting(), JobStatus.CLOSED, OptionalInt.empty(), Optional.empty());
        };
    }

    public static JobResource of(JobRow row) {
        var details = row.details();
        return new JobResource(
                row.id(),
                row.clientId(),
                details.title(),
                details.description(),
                details.category(),
                details.skills(),
                details.pay(),
                new Budget(details.budgetMin(), details.budgetMax()),
                row.status(),
                row.revision(),
                OptionalInt.of(row.proposals()),
                row.contractId(),
                Optional.empty(),
                Optional.of(row.postedAt()),
                row.publishedAt());
    }

    /** As anybody sees it: whom its client has hired, or tried to, is not theirs to know. */
    JobResource forOthers() {
        return with(Optional.empty(), Optional.empty());
    }

    private static JobResource of(String id, Job.Posting posting, JobStatus status, String contractId) {
        return of(id, posting, status, OptionalInt.empty(), Optional.of(contractId));
    }

    private static JobResource of(
            String id, Job.Posting posting, JobStatus status, OptionalInt proposals, Optional<String> contractId) {
        var details = posting.details();
        return new JobResource(
                id,
                posting.clientId(),
                details.title(),
                details.description(),
                details.category(),
                details.skills(),
                details.pay(),
                new Budget(details.budgetMin(), details.budgetMax()),
                status,
                posting.revision(),
                proposals,
                contractId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private JobResource with(Optional<String> contract, Optional<HireRefusal> refusal) {
        return new JobResource(
                id,
                clientId,
                title,
                description,
                category,
                skills,
                pay,
                budget,
                status,
                revision,
                proposals,
                contract,
                refusal,
                postedAt,
                publishedAt);
    }
}
