package io.guildhall.http.route.search;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.actors.Entities;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.job.JobProblems;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Freelancers;
import io.guildhall.projections.readmodel.search.Matches;
import io.guildhall.projections.readmodel.search.Matches.Match;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The best-freelancer match: for clients with a premium account. */
public final class MatchEndpoints {
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final AccountDirectory directory;
    private final Matches matches;
    private final Freelancers freelancers;
    private final Skills skills;

    public MatchEndpoints(Entities entities, AccountDirectory directory, ReadModel readModel, Skills skills) {
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.directory = directory;
        this.matches = readModel.matches();
        this.freelancers = readModel.freelancers();
        this.skills = skills;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/jobs/{jobId}/matches",
                        "List the freelancers who best match your open job, with the reasons. Requires a premium account.")
                .requires(CLIENT)
                .queries(Query.LIMIT, Query.CURSOR)
                .returns(200, FreelancerMatches.class)
                .problems(403, "premium-needed")
                .problems(409, "job-not-open", "not-read-yet")
                .handledBy(this::matches));
    }

    private CompletionStage<FreelancerMatches> matches(Call<Void> call) {
        var jobId = call.pathId("jobId", "job");
        var callerId = call.caller().id();
        return jobs.read(jobId, job -> job.belongsTo(callerId)).thenCompose(job -> {
            if (!(job instanceof Job.Open open)) throw JobProblems.of(JobRejection.NOT_OPEN);
            return directory.find(callerId).thenCompose(account -> {
                if (account.filter(AccountDirectory.Row::isPremium).isEmpty())
                    throw new Problem(
                            403,
                            "premium-needed",
                            "The best-freelancer match requires a premium account. Contact support.");
                return matches.forJob(jobId, call.page())
                        .thenCompose(page -> results(
                                page.orElseThrow(MatchEndpoints::notIndexed),
                                open.posting().details().skills()));
            });
        });
    }

    private static Problem notIndexed() {
        return new Problem(409, "not-read-yet", "The job is not indexed yet. Try again in a moment.");
    }

    private CompletionStage<FreelancerMatches> results(Page<Match> page, List<String> requiredSkills) {
        return freelancers
                .listed(page.items().stream().map(Match::freelancerId).toList())
                .thenApply(rows -> {
                    var byId = rows.stream().collect(Collectors.toMap(FreelancerRow::id, row -> row));
                    // A freelancer who left the list since the first query is left out.
                    var items = page.items().stream()
                            .flatMap(match -> Stream.ofNullable(byId.get(match.freelancerId()))
                                    .map(row -> FreelancerMatches.item(
                                            row, match.score(), skills.coverage(requiredSkills, row.skills()))))
                            .toList();
                    return new FreelancerMatches(items, page.next());
                });
    }
}
