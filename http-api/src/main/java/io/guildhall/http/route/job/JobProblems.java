package io.guildhall.http.route.job;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;

/** The problem for each rejection of a job. */
public final class JobProblems {
    private JobProblems() {}

    /** @throws Problem 409 if the job is not open */
    public static Job.Posting openPosting(Job job) {
        return switch (job) {
            case Job.Open it -> it.posting();
            case Job.NotCreated _,
                    Job.Draft _,
                    Job.Filling _,
                    Job.Hired _,
                    Job.Completed _,
                    Job.Cancelled _,
                    Job.Closed _ -> throw of(JobRejection.NOT_OPEN);
        };
    }

    /** @throws Problem 422 if the price is in another currency than the budget */
    public static void requireCurrency(Job.Posting posting, Money price) {
        if (!posting.details().hasCurrency(price.currency())) throw of(JobRejection.OTHER_CURRENCY);
    }

    public static Problem of(JobRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the job exists.
            case NOT_POSTED, NOT_YOURS -> AggregateApi.notFound();
            case ALREADY_POSTED -> new Problem(409, "job-exists", "The job already exists. Read it instead.");
            case INVALID_BUDGET ->
                new Problem(
                        422,
                        "budget-unsound",
                        "The minimum of the budget must not exceed the maximum, and both must be in one currency.");
            case REVISION_MISMATCH -> AggregateApi.revisionMismatch("job");
            case NOT_OPEN -> new Problem(409, "job-not-open", "The job is not open. Read it for its status.");
            case BEING_FILLED ->
                new Problem(
                        409,
                        "job-being-filled",
                        "A hire for this job is already in progress. Read the job again for its result.");
            case OTHER_CURRENCY ->
                new Problem(422, "other-currency", "The price must be in the currency of the job's budget.");
            case CURRENCY_FIXED ->
                new Problem(
                        409,
                        "currency-fixed",
                        "The currency cannot be changed while proposals are waiting. Keep the current currency.");
            case DIFFERENT_HIRE ->
                new Problem(409, "not-this-hire", "Another freelancer was hired. Read the job again.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }
}
