package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.port.JobTitles;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Maps job titles to skills. */
public final class TitleEndpoints {
    private static final int MAX_SKILLS = 5;
    private static final Query<String> TITLE = Query.text("title", 120, "Job title, such as Head of People.")
            .rejectedAs("bad-title")
            .required();

    private final JobTitles titles;

    public TitleEndpoints(JobTitles titles) {
        this.titles = titles;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/marketplace/titles", "List the skills that a job title implies, best match first.")
                .queries(TITLE)
                .returns(200, TitleSkills.class)
                .problems(503, "titles-not-learned")
                .handledBy(this::skills));
    }

    public record TitleSkills(List<JobTitles.TitleMatch> items) {}

    private CompletionStage<TitleSkills> skills(Call<Void> call) {
        return titles.skillsFor(call.query(TITLE), MAX_SKILLS)
                .thenApply(matches -> new TitleSkills(matches.orElseThrow(TitleEndpoints::notIndexed)));
    }

    private static Problem notIndexed() {
        return Problem.later(
                503, "titles-not-learned", "This node is still indexing job titles. Try again in a moment.", 15);
    }
}
