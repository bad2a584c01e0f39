package io.guildhall.http.route.job;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobCommand.Close;
import io.guildhall.domain.job.JobCommand.Edit;
import io.guildhall.domain.job.JobCommand.Post;
import io.guildhall.domain.job.JobCommand.Publish;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.FilterQueries;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.Jobs;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What one may do with jobs. */
public final class JobEndpoints {
    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final Jobs lists;

    public JobEndpoints(Entities entities, Jobs lists) {
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/jobs", "Post a job, published or as a draft")
                        .requires(CLIENT)
                        .accepts(NewJob.class)
                        .returns(201, JobResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-exists")
                        .problems(422, "budget-unsound")
                        .handledBy(this::create),
                get("/api/jobs", "What anybody may apply for, the latest first")
                        .queries(FilterQueries.CATEGORY, FilterQueries.SKILL)
                        .returnsPageOf(JobResource.class)
                        .handledBy(this::open),
                get("/api/jobs/{jobId}", "A job; a draft is its client's alone")
                        .returns(200, JobResource.class)
                        .handledBy(this::read),
                put("/api/jobs/{jobId}", "Change a job")
                        .requires(CLIENT)
                        .accepts(JobFields.class)
                        .returns(200, JobResource.class)
                        .with(Endpoint.Feature.IF_MATCH)
                        .problems(409, "job-not-open", "job-being-filled", "currency-fixed")
                        .problems(422, "budget-unsound")
                        .handledBy(call -> execute(
                                call,
                                new Edit(
                                        call.caller().id(),
                                        call.expectedRevision(),
                                        call.body().details()))),
                post("/api/jobs/{jobId}/publish", "Publish a draft")
                        .requires(CLIENT)
                        .returns(200, JobResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-not-open")
                        .handledBy(
                                call -> execute(call, new Publish(call.caller().id()))),
                post("/api/jobs/{jobId}/close", "Close a job; whoever has applied is told")
                        .requires(CLIENT)
                        .accepts(Closure.class)
                        .returns(200, JobResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-not-open", "job-being-filled")
                        .handledBy(call -> execute(
                                call, new Close(call.caller().id(), call.body().why()))),
                get("/api/me/jobs", "The jobs that you have posted, the latest first, drafts included")
                        .requires(CLIENT)
                        .returnsPageOf(JobResource.class)
                        .handledBy(this::mine));
    }

    public record Closure(@NotBlank @Size(max = 500) String why) {}

    private CompletionStage<JobResource> create(Call<NewJob> call) {
        var id = call.newId("job");
        var it = call.body();
        return jobs.execute(call, id, new Post(call.caller().id(), it.details(), it.publish()))
                .thenApply(job -> JobResource.of(id, job));
    }

    private CompletionStage<JobResource> read(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        var who = call.optionalCaller().map(Caller::id);
        return jobs.read(id, job -> job.isVisibleTo(who)).thenApply(job -> {
            var view = JobResource.of(id, job);
            return who.filter(job::belongsTo).isPresent() ? view : view.forOthers();
        });
    }

    private CompletionStage<Page<JobResource>> open(Call<Void> call) {
        return lists.open(
                        new JobFilter(call.query(FilterQueries.CATEGORY), call.query(FilterQueries.SKILL)), call.page())
                .thenApply(page -> page.map(JobResource::of));
    }

    private CompletionStage<Page<JobResource>> mine(Call<Void> call) {
        return lists.ofClient(call.caller().id(), call.page()).thenApply(page -> page.map(JobResource::of));
    }

    private CompletionStage<JobResource> execute(Call<?> call, JobCommand command) {
        var id = call.pathId("jobId", "job");
        return jobs.execute(call, id, command).thenApply(job -> JobResource.of(id, job));
    }
}
