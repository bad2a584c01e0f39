package io.guildhall.http.route.search;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.actors.Entities;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.job.JobProblems;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.Freelancers;
import io.guildhall.projections.readmodel.search.Matches;
import io.guildhall.projections.readmodel.search.Matches.Match;
import io.guildhall.projections.readmodel.search.Search.Results;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The best-freelancer match: for clients with a premium account. */
public final class MatchEndpoints {
    private final AggregateReader<Job> jobs;
    private final AccountDirectory directory;
    private final Matches matches;
    private final Freelancers freelancers;
    private final Skills skills;

    public MatchEndpoints(Entities entities, AccountDirectory directory, ReadModel readModel, Skills skills) {
        this.jobs = new AggregateReader<>(entities, Job.AGGREGATE);
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
                if (account.filter(AccountRow::isPremium).isEmpty())
                    throw new Problem(
                            403,
                            "premium-needed",
                            "The best-freelancer match requires a premium account. Contact support.");
                return matches(jobId, call.page(), open.posting().details().skills());
            });
        });
    }

    private static Problem notIndexed() {
        return new Problem(409, "not-read-yet", "The job is not indexed yet. Try again in a moment.");
    }

    private CompletionStage<FreelancerMatches> matches(
            String jobId, Page.Request request, List<String> requiredSkills) {
        var loader = new RowLoader<>(
                page -> matches.forJob(jobId, page)
                        .thenApply(it -> new Results<>(it.orElseThrow(MatchEndpoints::notIndexed), Optional.empty())),
                Match::freelancerId,
                freelancers::listed,
                FreelancerRow::id);
        return loader.load(request).thenApply(results -> {
            var items = results.page().items().stream()
                    .map(it -> FreelancerMatches.item(
                            it.row(),
                            it.hit().score(),
                            skills.coverage(requiredSkills, it.row().skills())))
                    .toList();
            return new FreelancerMatches(items, results.page().next());
        });
    }
}
