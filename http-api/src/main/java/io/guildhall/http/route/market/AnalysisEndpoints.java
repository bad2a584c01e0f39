package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.Jobs;
import io.guildhall.projections.readmodel.market.MarketAnalyses;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Market analyses of a skill and of an open job. */
public final class AnalysisEndpoints {
    private static final String CODE = "bad-analysis";
    private static final Query<String> SKILL = Query.text("skill", 80, "Skill name; aliases are accepted.")
            .rejectedAs(CODE)
            .required();
    private static final Query<Integer> SAMPLE_SIZE = Query.integer(
                    "sampleSize",
                    MarketAnalyses.MIN_SAMPLE_SIZE,
                    MarketAnalyses.MAX_SAMPLE_SIZE,
                    "Maximum number of jobs, of freelancers and of gigs to analyse, newest first.")
            .rejectedAs(CODE)
            .orElse(500);
    private static final Query<Integer> WEEKS = Query.integer(
                    "weeks", 1, MarketAnalyses.MAX_WEEKS, "Length of the trend in weeks, including the current week.")
            .rejectedAs(CODE)
            .orElse(12);

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
                get("/api/marketplace/analysis", "Analyse demand, supply, prices and trends of a skill.")
                        .queries(SKILL, SAMPLE_SIZE, WEEKS)
                        .returns(200, SkillAnalysis.class)
                        .handledBy(this::ofSkill),
                get(
                                "/api/marketplace/jobs/{jobId}/analysis",
                                "Analyse demand, supply, prices and trends of all skills of an open job together.")
                        .queries(SAMPLE_SIZE, WEEKS)
                        .returns(200, JobAnalysis.class)
                        .problems(404, "not-found")
                        .handledBy(this::ofJob));
    }

    private CompletionStage<SkillAnalysis> ofSkill(Call<Void> call) {
        var skill = call.query(SKILL);
        return analyse(call, List.of(skill)).thenApply(analysis -> SkillAnalysis.of(skill, analysis, skills));
    }

    private CompletionStage<JobAnalysis> ofJob(Call<Void> call) {
        var id = call.pathId("jobId", "job");
        return jobs.open(List.of(id)).thenCompose(rows -> {
            var job = rows.stream().findFirst().orElseThrow(AggregateApi::notFound);
            return ofJob(call, job);
        });
    }

    private CompletionStage<JobAnalysis> ofJob(Call<Void> call, JobRow job) {
        var required = job.details().skills();
        if (required.isEmpty()) return completedFuture(JobAnalysis.withoutSkills(job.id()));
        var names = required.stream()
                .map(skill -> skills.canonicalName(skill).orElse(skill))
                .distinct()
                .toList();
        return analyse(call, required).thenApply(analysis -> JobAnalysis.of(job.id(), names, analysis));
    }

    private CompletionStage<MarketAnalysis> analyse(Call<Void> call, Collection<String> names) {
        var spellings =
                names.stream().flatMap(name -> skills.spellings(name).stream()).collect(Collectors.toUnmodifiableSet());
        return analyses.analyse(
                new Request(spellings, skills, call.query(SAMPLE_SIZE), call.query(WEEKS), call.requestedAt()));
    }
}
