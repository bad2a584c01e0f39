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
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.FilterFields;
import io.guildhall.http.route.PublicPages;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.job.JobFilter;
import io.guildhall.projections.readmodel.job.Jobs;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Post, list, edit, publish and close jobs. */
public final class JobEndpoints {
    private static final Query<Boolean> PUBLISH = Query.flag(
                    "publish", "Publish the job immediately instead of creating a draft.")
            .orElse(false);

    private final AggregateApi<Job, JobCommand, JobRejection> jobs;
    private final Jobs lists;
    private final ReadableJobs readable;

    public JobEndpoints(Entities entities, Jobs lists, PublicPages pages) {
        this.readable = new ReadableJobs(entities, pages);
        this.jobs = new AggregateApi<>(entities, Job.AGGREGATE, JobProblems::of);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post("/api/jobs", "Post a job. Creates a draft unless publish is true.")
                        .requires(CLIENT)
                        .accepts(JobFields.class)
                        .queries(PUBLISH)
                        .returns(201, JobResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-exists")
                        .problems(422, "budget-unsound")
                        .handledBy(this::create),
                get("/api/jobs", "List open jobs, newest first.")
                        .queries(FilterFields.CATEGORY, FilterFields.SKILL)
                        .returnsPageOf(JobResource.class)
                        .handledBy(this::open),
                get(
                                "/api/jobs/{jobId}",
                                "Get a job. Drafts are visible to their client only. While the client is suspended, the job is visible"
                                        + " only to the client and to freelancers with a proposal for it or an invite to it.")
                        .returns(200, JobResource.class)
                        .handledBy(this::read),
                put("/api/jobs/{jobId}", "Edit a job. Replaces all fields.")
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
                post("/api/jobs/{jobId}/publish", "Publish a draft.")
                        .requires(CLIENT)
                        .returns(200, JobResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-not-open")
                        .handledBy(
                                call -> execute(call, new Publish(call.caller().id()))),
                post("/api/jobs/{jobId}/close", "Close a job. Freelancers with a proposal are notified.")
                        .requires(CLIENT)
                        .accepts(CloseJob.class)
                        .returns(200, JobResource.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "job-not-open", "job-being-filled")
                        .handledBy(call -> execute(
                                call, new Close(call.caller().id(), call.body().reason()))),
                get("/api/me/jobs", "List your jobs, drafts included, newest first.")
                        .requires(CLIENT)
                        .returnsPageOf(JobResource.class)
                        .handledBy(this::mine));
    }

    public record CloseJob(@NotBlank @Paragraphs(max = 500) String reason) {}

    private CompletionStage<JobResource> create(Call<JobFields> call) {
        var id = call.newId("job");
        var command = new Post(call.caller().id(), call.body().details(), call.query(PUBLISH));
        return jobs.create(call, id, command).thenApply(job -> JobResource.forClient(id, job));
    }

    private CompletionStage<JobResource> read(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        var reader = call.optionalCaller().map(Caller::id);
        return readable.read(id, call.optionalCaller())
                .thenApply(job -> reader.filter(job::belongsTo).isPresent()
                        ? JobResource.forClient(id, job)
                        : JobResource.forOthers(id, job));
    }

    private CompletionStage<Page<JobResource>> open(Call<Void> call) {
        return lists.open(new JobFilter(call.query(FilterFields.CATEGORY), call.query(FilterFields.SKILL)), call.page())
                .thenApply(page -> page.map(JobResource::fromRow));
    }

    private CompletionStage<Page<JobResource>> mine(Call<Void> call) {
        return lists.ofClient(call.caller().id(), call.page()).thenApply(page -> page.map(JobResource::fromRow));
    }

    private CompletionStage<JobResource> execute(Call<?> call, JobCommand command) {
        var id = call.pathId("jobId", "job");
        return jobs.execute(call, id, command).thenApply(job -> JobResource.forClient(id, job));
    }
}
