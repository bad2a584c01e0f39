package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.AccountBuilder.anAccount;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.MatchScore;
import io.guildhall.projections.readmodel.search.Matches.Match;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.search.SqlEmbeddings;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Matches of freelancers whose profiles are less and less similar to the job. The second freelancer has a good business
 * record.
 */
class MatchesTest {
    private static final int FREELANCERS = 20;
    private static final String MODEL = "bge-small-test";
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final SqlEmbeddings EMBEDDINGS = new SqlEmbeddings(new ReadDatabase(FIXTURE.database, 4));

    @BeforeAll
    static void fill() {
        // Ann, who was hired, paid and reviewed, is freelancer 1.
        var story = HireScenario.hireAndPay("A job", "Letter");
        HireScenario.revealReviews(story);
        story.execute(
                Job.AGGREGATE,
                "job_x",
                new JobCommand.Post(HireScenario.CLIENT, HireScenario.details("X", "Design", "SQL"), true));
        for (int i = 0; i < FREELANCERS; i++) freelancer(story, id(i), i);
        freelancer(story, HireScenario.CLIENT, FREELANCERS);
        FIXTURE.apply(story.events());
        result(EMBEDDINGS.register(MODEL));
        result(EMBEDDINGS.store(
                MODEL,
                result(EMBEDDINGS.claim(MODEL, 1_000)).stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), vector(it.id())))
                        .toList()));
        result(EMBEDDINGS.activateIfComplete(MODEL));
    }

    private static String id(int i) {
        return i == 1 ? HireScenario.ANN : "acc_%02d".formatted(i);
    }

    private static void freelancer(EventStory story, String id, int i) {
        var open = anAccount(id)
                .withEmail("f" + i + "@example.org")
                .withRoles(Role.CLIENT, Role.FREELANCER)
                .open("h");
        story.execute(Account.AGGREGATE, id, open);
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Create("h" + i, "F", "DE"));
        story.execute(
                Profile.AGGREGATE, id, new ProfileCommand.Edit(1, aProfile().build()));
    }

    /** The similarities to the job are 0.95, 0.945, … */
    private static float[] vector(String id) {
        var vector = new float[384];
        int i = id.equals(HireScenario.ANN)
                ? 1
                : id.startsWith("acc_") && !id.equals(HireScenario.CLIENT) ? Integer.parseInt(id.substring(4)) : 0;
        double similarity = id.equals("job_x") ? 1 : 0.95 - 0.005 * i;
        vector[0] = (float) similarity;
        vector[1] = (float) Math.sqrt(1 - similarity * similarity);
        return vector;
    }

    private static Page<Match> matches(Page.Request request) {
        return result(FIXTURE.readModel.matches().forJob("job_x", request)).orElseThrow();
    }

    @Test
    void goodBusinessRecordRaisesTheScore() {
        var all = matches(firstPage(100)).items();
        assertThat(all)
                .extracting(Match::freelancerId)
                .startsWith(HireScenario.ANN, id(0), id(2), id(3))
                .hasSize(FREELANCERS);
        var ann = all.getFirst().score();
        assertThat(ann.total())
                .isEqualTo(MatchScore.MEANING_WEIGHT * ann.meaning()
                        + MatchScore.RECORD_WEIGHT * ann.record().total());
        assertThat(ann.meaning()).isCloseTo((0.945 - 0.5) / 0.5, org.assertj.core.api.Assertions.within(1e-4));
        assertThat(ann.record().reviews().known()).isTrue();
    }

    @Test
    void clientIsNoMatchForTheirOwnJob() {
        assertThat(matches(firstPage(100)).items())
                .extracting(Match::freelancerId)
                .doesNotContain(HireScenario.CLIENT);
    }

    @Test
    void pagesNeitherRepeatNorSkip() {
        var seen = new ArrayList<Match>();
        var cursor = Optional.<String>empty();
        do {
            var page = matches(new Page.Request(3, cursor));
            seen.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(seen).isEqualTo(matches(firstPage(100)).items());
    }

    @Test
    void jobThatIsNotEmbeddedHasNoMatches() {
        assertThat(result(FIXTURE.readModel.matches().forJob("job_y", firstPage(10))))
                .isEmpty();
    }
}
