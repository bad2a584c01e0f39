package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.FilterBuilder.aFilter;
import static io.guildhall.projections.view.SavedSearchScenario.search;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.SearchBuilder.aSearchFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Change;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Remove;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Save;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.Money;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.Embeddings;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.StubSkills;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which saved searches meet which documents, and when. */
class AlertsTest {
    private static final String MODEL = "bge-small-test";
    private static final String USER = "acc_saver";
    private static final SearchCriteria ANY_JOB = criteria("");

    private static final Skills SPELLINGS = new StubSkills() {
        @Override
        public Set<String> spellings(String text) {
            return Set.of(text);
        }
    };

    private final ViewFixture fixture = new ViewFixture();
    private final SqlEmbeddings embeddings = new SqlEmbeddings(new ReadDatabase(fixture.database, 4));
    private final Alerts alerts = new SqlAlerts(new ReadDatabase(fixture.database, 4));
    private final EventStory story = new EventStory();
    private int played;

    private static SearchCriteria criteria(String text) {
        return aSearchFor(Kind.JOB).withText(text).build();
    }

    private static JobDetails job(String title) {
        return aJob().titled(title)
                .requiring("SVG")
                .budget(new Money(1_000, "USD"))
                .build();
    }

    private void play() {
        var all = story.events();
        fixture.apply(all.subList(played, all.size()));
        played = all.size();
    }

    /** A vector with that similarity to {@code vector(1)}. */
    private static float[] vector(double cosine) {
        var vector = new float[384];
        vector[0] = (float) cosine;
        vector[1] = (float) Math.sqrt(1 - cosine * cosine);
        return vector;
    }

    /** Embeds all pending documents, each with the same vector. */
    private void embedDocuments(String model) {
        result(embeddings.register(model));
        var texts = result(embeddings.claim(model, 1_000));
        result(embeddings.store(
                model,
                texts.stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), vector(1)))
                        .toList()));
    }

    private void embedSearches(String model, double cosine) {
        var pending = result(alerts.pendingSearches(1_000));
        result(alerts.storeSearches(
                model,
                pending.stream()
                        .map(it -> new Alerts.EmbeddedSearch(
                                it,
                                Optional.of(vector(cosine))
                                        .filter(_ -> !it.text().isEmpty()),
                                it.skills().stream()
                                        .map(skill -> Set.of(skill, "never"))
                                        .toList()))
                        .toList()));
    }

    /** Compares all batches, as the alert job does, and returns the matches. */
    private List<String> matches(String model) {
        var matches = new ArrayList<String>();
        for (var batch = result(alerts.nextBatch(model, 100));
                batch.isPresent();
                batch = result(alerts.nextBatch(model, 100))) {
            var after = Optional.<Match>empty();
            do {
                var page = result(alerts.matches(model, batch.get(), after, 50));
                page.forEach(it -> matches.add(it.searchId() + " " + it.documentId()));
                after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
            } while (after.isPresent());
            result(alerts.markCompared(batch.get()));
        }
        return matches;
    }

    private List<String> newMatches() {
        play();
        embedSearches(MODEL, 1);
        embedDocuments(MODEL);
        return matches(MODEL);
    }

    private void save(String id, SearchCriteria criteria) {
        SavedSearchScenario.execute(story, USER, new Save(search(id, "Name", criteria)));
    }

    private void post(String id, String client) {
        story.execute(Job.AGGREGATE, id, new JobCommand.Post(client, job("A logo"), true));
    }

    @Test
    void newDocumentMatchesOnce() {
        save("srch_1", ANY_JOB);
        post("job_1", "acc_1");
        assertThat(newMatches()).containsExactly("srch_1 job_1");
        assertThat(newMatches()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.Edit("acc_1", 1, job("Another logo")));
        assertThat(newMatches()).isEmpty();
        story.execute(
                        Job.AGGREGATE,
                        "job_1",
                        new JobCommand.ReceiveProposal("prp_1", "acc_2", "USD", new Job.ProposalCount(1, 1)))
                .execute(Job.AGGREGATE, "job_1", new JobCommand.Accept("acc_1", "prp_1", 1, "ctr_1", 500));
        assertThat(newMatches()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.AbandonHire("ctr_1", "withdrawn"));
        assertThat(newMatches()).isEmpty();
        result(embeddings.reindexAll(MODEL));
        assertThat(newMatches()).isEmpty();
    }

    @Test
    void documentListedBeforeTheSearchWasSavedDoesNotMatch() {
        post("job_1", "acc_1");
        assertThat(newMatches()).isEmpty();
        save("srch_1", ANY_JOB);
        assertThat(newMatches()).isEmpty();
    }

    @Test
    void ownDocumentDoesNotMatch() {
        save("srch_1", ANY_JOB);
        post("job_1", USER);
        assertThat(newMatches()).isEmpty();
    }

    /** The documents may be compared before the search is embedded. */
    @Test
    void searchMatchesWhatWasListedBeforeItWasEmbedded() {
        save("srch_1", ANY_JOB);
        post("job_1", "acc_1");
        play();
        embedDocuments(MODEL);
        assertThat(matches(MODEL)).isEmpty();
        embedSearches(MODEL, 1);
        assertThat(matches(MODEL)).containsExactly("srch_1 job_1");
    }

    @Test
    void documentUnlistedBeforeItWasComparedIsNewWhenListedAgain() {
        save("srch_1", ANY_JOB);
        post("job_1", "acc_1");
        play();
        embedSearches(MODEL, 1);
        assertThat(matches(MODEL)).isEmpty();
        embedDocuments(MODEL);
        story.execute(
                        Job.AGGREGATE,
                        "job_1",
                        new JobCommand.ReceiveProposal("prp_1", "acc_2", "USD", new Job.ProposalCount(1, 1)))
                .execute(Job.AGGREGATE, "job_1", new JobCommand.Accept("acc_1", "prp_1", 1, "ctr_1", 500));
        assertThat(newMatches()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.AbandonHire("ctr_1", "withdrawn"));
        assertThat(newMatches()).containsExactly("srch_1 job_1");
        assertThat(newMatches()).isEmpty();
    }

    @Test
    void changedSearchMatchesWhatIsListedAfterTheChange() {
        save("srch_1", criteria("chess"));
        post("job_1", "acc_1");
        play();
        embedSearches(MODEL, 0);
        embedDocuments(MODEL);
        assertThat(matches(MODEL)).isEmpty();
        SavedSearchScenario.execute(story, USER, new Change(search("srch_1", "Name", ANY_JOB)));
        assertThat(newMatches()).isEmpty();
        SavedSearchScenario.execute(story, USER, new Change(search("srch_1", "Renamed", ANY_JOB)));
        post("job_2", "acc_1");
        assertThat(newMatches()).containsExactly("srch_1 job_2");
        SavedSearchScenario.execute(story, USER, new Remove("srch_1"));
        post("job_3", "acc_1");
        assertThat(newMatches()).isEmpty();
    }

    @Test
    void gigPublishedAgainDoesNotMatchAgain() {
        var gigs = aSearchFor(Kind.GIG).build();
        save("srch_1", gigs);
        story.execute(
                Gig.AGGREGATE, "gig_1", new GigCommand.Post(HireScenario.ANN, GigScenario.details("Logos"), false));
        assertThat(newMatches()).isEmpty();
        story.execute(Gig.AGGREGATE, "gig_1", new GigCommand.Publish(HireScenario.ANN));
        assertThat(newMatches()).containsExactly("srch_1 gig_1");
        story.execute(Gig.AGGREGATE, "gig_1", new GigCommand.Pause(HireScenario.ANN))
                .execute(Gig.AGGREGATE, "gig_1", new GigCommand.Publish(HireScenario.ANN));
        assertThat(newMatches()).isEmpty();
    }

    /** The profile can be much older. */
    @Test
    void freelancerIsNewWhenTheProfileGetsAText() {
        AccountScenario.active(story, "acc_ann", AccountScenario.MAIL);
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Create("ann", "Ann", "DE"));
        save("srch_1", aSearchFor(Kind.FREELANCER).build());
        assertThat(newMatches()).isEmpty();
        var boats = aProfile().withHeadline("Boats").build();
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Edit(1, boats));
        assertThat(newMatches()).containsExactly("srch_1 acc_ann");
    }

    @Test
    void textMatchesFromAMinimumSimilarity() {
        save("srch_1", criteria("logo"));
        post("job_1", "acc_1");
        play();
        embedDocuments(MODEL);
        embedSearches(MODEL, 0.63);
        assertThat(matches(MODEL)).isEmpty();
        save("srch_2", criteria("logo"));
        post("job_2", "acc_1");
        play();
        embedDocuments(MODEL);
        embedSearches(MODEL, 0.65);
        assertThat(matches(MODEL)).containsExactly("srch_2 job_2");
    }

    @Test
    void textWithoutVectorMatchesIfAllItsWordsOccur() {
        for (var text : List.of("a logo", "logos chess", "\uD83D\uDEA2")) save("srch_" + text, criteria(text));
        post("job_1", "acc_1");
        play();
        embedDocuments(MODEL);
        var pending = result(alerts.pendingSearches(10));
        result(alerts.storeSearches(
                MODEL,
                pending.stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.empty(), List.of()))
                        .toList()));
        assertThat(matches(MODEL)).containsExactly("srch_a logo job_1");
    }

    @Test
    void anotherModelEmbedsSearchesAgainWithoutMatchingTwice() {
        save("srch_1", criteria("logo"));
        post("job_1", "acc_1");
        assertThat(newMatches()).hasSize(1);
        result(alerts.register("better"));
        result(embeddings.register("better"));
        assertThat(result(alerts.pendingSearches(10))).hasSize(1);
        embedSearches("better", 1);
        embedDocuments("better");
        assertThat(matches("better")).isEmpty();
        post("job_2", "acc_1");
        play();
        embedDocuments("better");
        assertThat(matches("better")).containsExactly("srch_1 job_2");
    }

    @Test
    void vectorOfAnOutdatedSearchIsNotStored() {
        save("srch_1", criteria("logo"));
        play();
        var before = result(alerts.pendingSearches(10));
        SavedSearchScenario.execute(story, USER, new Change(search("srch_1", "Name", criteria("chess"))));
        play();
        result(alerts.storeSearches(
                MODEL,
                before.stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.of(vector(1)), List.of()))
                        .toList()));
        assertThat(result(alerts.pendingSearches(10)))
                .extracting(Alerts.PendingSearch::text)
                .containsExactly("chess");
        assertThat(result(alerts.nextBatch(MODEL, 10))).isEmpty();
    }

    /**
     * Of many random pairs, exactly those match that a search with the same criteria finds, except for the user's own
     * documents.
     */
    @Test
    void alertsMatchWhatSearchesFind() {
        var chance = new Random(20261124);
        var searches = IntStream.range(0, 120)
                .mapToObj(i -> search("srch_%03d".formatted(i), "Name", randomCriteria(chance)))
                .toList();
        for (int i = 0; i < searches.size(); i++)
            SavedSearchScenario.execute(story, user(i), new Save(searches.get(i)));
        for (int i = 0; i < 60; i++)
            story.execute(
                    Job.AGGREGATE, "job_%02d".formatted(i), new JobCommand.Post(user(i), randomJob(chance), true));
        var matches = newMatches();
        var found = new ArrayList<String>();
        for (var search : searches)
            result(fixture.readModel
                            .search()
                            .browse(
                                    aFilter(search.terms(), SPELLINGS).newTo(user(searches.indexOf(search))),
                                    ViewFixture.firstPage(100),
                                    false))
                    .page()
                    .items()
                    .stream()
                    .map(ListedDocument::id)
                    .forEach(id -> found.add(search.id() + " " + id));
        assertThat(matches).hasSizeGreaterThan(300).containsExactlyInAnyOrderElementsOf(found);
    }

    private static String user(int i) {
        return "acc_s" + i % 10;
    }

    private static SearchCriteria randomCriteria(Random chance) {
        var least = Optional.of((long) chance.nextInt(2_000)).filter(_ -> chance.nextBoolean());
        var most = Optional.of(2_000L + chance.nextInt(2_000)).filter(_ -> chance.nextBoolean());
        var search =
                aSearchFor(Kind.JOB).requiring(List.of("Skill 0", "SKILL 1").subList(0, chance.nextInt(3)));
        if (chance.nextBoolean()) search.inCategory("CAT " + chance.nextInt(3));
        if (chance.nextBoolean()) search.priced(new PriceRange(chance.nextInt(4) == 0 ? "CHF" : "USD", least, most));
        if (chance.nextInt(10) == 0) search.deliveredInDays(7);
        return search.build();
    }

    private static JobDetails randomJob(Random chance) {
        var currency = chance.nextInt(4) == 0 ? "CHF" : "USD";
        long least = chance.nextInt(3_000);
        return aJob().inCategory("Cat " + chance.nextInt(3))
                .requiring(List.of("Skill 0", "Skill 1", "Skill 2").subList(chance.nextInt(2), 1 + chance.nextInt(3)))
                .budget(new Money(least, currency), new Money(least + 1 + chance.nextInt(1_000), currency))
                .build();
    }
}
