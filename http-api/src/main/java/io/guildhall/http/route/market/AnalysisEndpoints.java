package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.Analyses;
import io.guildhall.projections.readmodel.Analyses.Asked;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the market asks, offers and pays. */
public final class AnalysisEndpoints {
    private static final int SAMPLE = 500;
    private static final int WEEKS = 12;
    private static final int LONGEST_SKILL = 80;
    private static final String CODE = "bad-analysis";

    private final Analyses analyses;
    private final Skills skills;

    public AnalysisEndpoints(Analyses analyses, Skills skills) {
        this.analyses = analyses;
        this.skills = skills;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/marketplace/analysis", "Demand, supply, prices and trends of a skill")
                .asks("skill", "of which skill, however it is written; needed")
                .asks("sampleSize", "so many jobs, freelancers and gigs are read at most, 10 to 5000; without it 500")
                .asks("depth", "so many weeks back goes the trend, 1 to 52; without it 12")
                .gives(200, SkillAnalysis.class)
                .refuses(400, CODE)
                .handledBy(this::analyse));
    }

    private CompletionStage<SkillAnalysis> analyse(Call<Void> call) {
        var skill = call.query("skill")
                .map(String::strip)
                .filter(it -> !it.isEmpty() && it.length() <= LONGEST_SKILL)
                .orElseThrow(() -> new Problem(
                        400, CODE, "skill is the name of a skill, of at most " + LONGEST_SKILL + " characters."));
        int sampleSize = call.query("sampleSize", SAMPLE, Analyses.LEAST_SAMPLE, Analyses.MOST_SAMPLE, CODE);
        int weeks = call.query("depth", WEEKS, 1, Analyses.MOST_WEEKS, CODE);
        var asked = new Asked(skills.spellings(skill), skills, sampleSize, weeks, call.at());
        return analyses.of(asked).thenApply(it -> SkillAnalysis.of(skill, it, skills));
    }
}
