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

/** The best freelancers for a job, for its client, who has premium. */
public final class MatchEndpoints {
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final AccountDirectory directory;
    private final Matches matches;
    private final Freelancers freelancers;
    private final Skills skills;

    public MatchEndpoints(Entities entities, AccountDirectory directory, ReadModel lists, Skills skills) {
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.directory = directory;
        this.matches = lists.matches();
        this.freelancers = lists.freelancers();
        this.skills = skills;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/jobs/{jobId}/matches", "Who suits an open job of yours best, and why; with premium")
                .requires(CLIENT)
                .asks("limit", "items at most, 1 to 100")
                .asks("cursor", "where the page before ended")
                .returns(200, FreelancerMatches.class)
                .problems(400, "bad-page", "bad-cursor")
                .problems(403, "premium-needed")
                .problems(409, "job-not-open", "not-read-yet")
                .handledBy(this::matches));
    }

    private CompletionStage<FreelancerMatches> matches(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        var by = call.caller().id();
        return jobs.read(id, job -> job.belongsTo(by)).thenCompose(job -> {
            if (!(job instanceof Job.Open open)) throw JobProblems.of(JobRejection.NOT_OPEN);
            return directory.find(by).thenCompose(account -> {
                if (account.filter(AccountDirectory.Row::isPremium).isEmpty())
                    throw new Problem(
                            403,
                            "premium-needed",
                            "Best freelancers are for premium accounts; ask the operators for it.");
                return matches.forJob(id, call.page())
                        .thenCompose(page -> shown(
                                page.orElseThrow(MatchEndpoints::notReadYet),
                                open.posting().details().skills()));
            });
        });
    }

    private static Problem notReadYet() {
        return new Problem(
                409, "not-read-yet", "The job was published just now and is still being read; ask again in a moment.");
    }

    private CompletionStage<FreelancerMatches> shown(Page<Match> page, List<String> asked) {
        return freelancers
                .listed(page.items().stream().map(Match::freelancerId).toList())
                .thenApply(rows -> {
                    var byId = rows.stream().collect(Collectors.toMap(FreelancerRow::id, it -> it));
                    // Who left the list between the two questions is left out.
                    var items = page.items().stream()
                            .flatMap(match -> Stream.ofNullable(byId.get(match.freelancerId()))
                                    .map(it -> FreelancerMatches.item(
                                            it, match.score(), skills.coverage(asked, it.skills()))))
                            .toList();
                    return new FreelancerMatches(items, page.next());
                });
    }
}
