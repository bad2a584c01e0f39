package io.guildhall.http.route.job;

import io.guildhall.domain.job.JobRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;

/** What a caller is told where a job refuses. */
public final class JobProblems {
    private JobProblems() {}

    public static Problem of(JobRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_POSTED, NOT_YOURS -> AggregateApi.notFound();
            case ALREADY_POSTED -> new Problem(409, "job-exists", "This job was posted before; read it instead.");
            case BUDGET_UNSOUND ->
                new Problem(422, "budget-unsound", "A budget goes from less to more, in one currency.");
            case CHANGED_MEANWHILE ->
                new Problem(
                        412, "precondition-failed", "It was changed meanwhile; read it again and repeat your edit.");
            case NOT_OPEN -> new Problem(409, "job-not-open", "This is possible only while the job is open; read it.");
            case BEING_FILLED ->
                new Problem(
                        409,
                        "job-being-filled",
                        "Another proposal was just accepted; read the job to see how it ends.");
            case NO_SUCH_PROPOSAL ->
                new Problem(
                        409, "proposal-not-waiting", "The job has no such proposal waiting; read the proposal again.");
            case OTHER_CURRENCY ->
                new Problem(422, "other-currency", "Name the price in the currency of the job's budget.");
            case CURRENCY_FIXED ->
                new Problem(
                        409,
                        "currency-fixed",
                        "The job has proposals in the currency of its budget; it keeps that currency.");
            case TOO_MANY_PROPOSALS -> new Problem(409, "too-many-proposals", "This job takes no more proposals.");
            case NOT_THIS_HIRE -> new Problem(409, "not-this-hire", "Somebody else is hired; read the job again.");
        };
    }
}
