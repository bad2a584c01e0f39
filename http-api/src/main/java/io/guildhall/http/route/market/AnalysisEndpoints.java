package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.readmodel.market.MarketAnalyses;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What the market asks, offers and pays. */
public final class AnalysisEndpoints {
    private static final int SAMPLE = 500;
    private static final int WEEKS = 12;
    private static final int LONGEST_SKILL = 80;
    private static final String CODE = "bad-analysis";

    private final MarketAnalyses analyses;
    private final Jobs jobs;
    private final Skills skills;

    public AnalysisEndpoints(MarketAnalyses analyses, Jobs jobs, Skills skills) {
        this.analyses = analyses;
        this.jobs = jobs;
        this.skills = skills;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                bounded(get("/api/marketplace/analysis", "Demand, supply, prices and trends of a skill")
                                .asks("skill", "of which skill, however it is written; needed"))
                        .returns(200, SkillAnalysis.class)
                        .handledBy(this::ofSkill),
                bounded(get("/api/marketplace/jobs/{jobId}/analysis", "The same of an open job's skills together"))
                        .returns(200, JobAnalysis.class)
                        .problems(404, "not-found")
                        .handledBy(this::ofJob));
    }

    private static <A> EndpointBuilder<Void, A> bounded(EndpointBuilder<Void, A> shape) {
        return shape.asks("sampleSize", "so many jobs, freelancers and gigs are read at most, 10 to 5000; else 500")
                .asks("depth", "so many weeks back goes the trend, 1 to 52; else 12")
                .problems(400, CODE);
    }

    private CompletionStage<SkillAnalysis> ofSkill(Call<Void> call) {
        var skill = call.query("skill")
                .map(String::strip)
                .filter(it -> !it.isEmpty() && it.length() <= LONGEST_SKILL)
                .orElseThrow(() -> new Problem(
                        400, CODE, "skill is the name of a skill, of at most " + LONGEST_SKILL + " characters."));
        return analyse(call, List.of(skill)).thenApply(it -> SkillAnalysis.of(skill, it, skills));
    }

    private CompletionStage<JobAnalysis> ofJob(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        return jobs.open(List.of(id)).thenCompose(rows -> {
            var job = rows.stream().findFirst().orElseThrow(AggregateApi::notFound);
            return ofJob(call, job);
        });
    }

    private CompletionStage<JobAnalysis> ofJob(Call<Void> call, JobRow job) {
        var written = job.details().skills();
        if (written.isEmpty()) return completedFuture(JobAnalysis.without(job.id()));
        var names = written.stream()
                .map(it -> skills.canonicalName(it).orElse(it))
                .distinct()
                .toList();
        return analyse(call, written)
                .thenApply(it -> new JobAnalysis(job.id(), names, Optional.of(it), Optional.empty()));
    }

    private CompletionStage<MarketAnalysis> analyse(Call<Void> call, Collection<String> named) {
        int sampleSize =
                call.query("sampleSize", SAMPLE, MarketAnalyses.MIN_SAMPLE_SIZE, MarketAnalyses.MAX_SAMPLE_SIZE, CODE);
        int weeks = call.query("depth", WEEKS, 1, MarketAnalyses.MAX_WEEKS, CODE);
        var spellings =
                named.stream().flatMap(it -> skills.spellings(it).stream()).collect(Collectors.toUnmodifiableSet());
        return analyses.analyse(new Request(spellings, skills, sampleSize, weeks, call.requestedAt()));
    }
}
