package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.JobTitles;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** From what somebody calls their job to the skills that are meant. */
public final class TitleEndpoints {
    private static final int SKILLS = 5;
    private static final int LONGEST = 120;

    private final JobTitles titles;

    public TitleEndpoints(JobTitles titles) {
        this.titles = titles;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/marketplace/titles", "The skills that a job title means, the nearest first")
                .asks("title", "as people say it, such as Head of People")
                .returns(200, TitleSkills.class)
                .problems(400, "bad-title")
                .problems(503, "titles-not-learned")
                .handledBy(this::skills));
    }

    public record TitleSkills(List<JobTitles.Match> items) {}

    private CompletionStage<TitleSkills> skills(Call<Void> call) {
        var title = call.query("title")
                .map(String::strip)
                .filter(it -> !it.isEmpty() && it.length() <= LONGEST)
                .orElseThrow(() -> new Problem(
                        400, "bad-title", "title is what somebody calls a job, at most " + LONGEST + " characters."));
        return titles.skillsFor(title, SKILLS)
                .thenApply(found -> new TitleSkills(found.orElseThrow(() -> Problem.later(
                        503,
                        "titles-not-learned",
                        "Titles are being learned on this node; ask again in a moment.",
                        15))));
    }
}
