package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
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
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.readmodel.search.Search.Price;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.savedsearch.SavedSearchView;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which saved searches meet which documents, and when. */
class AlertsTest {
    private static final String MODEL = "bge-small-toy";
    private static final String SAVER = "acc_saver";
    private static final SearchCriteria ANYTHING = terms("");

    private final ViewFixture fixture = new ViewFixture();
    private final SqlEmbeddings embeddings = new SqlEmbeddings(new ReadDatabase(fixture.database, 4));
    private final Alerts alerts = new SqlAlerts(new ReadDatabase(fixture.database, 4));
    private final EventStory story = new EventStory();
    private int played;

    private static SearchCriteria terms(String text) {
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

    /** Points into one direction of the first two dimensions. */
    private static float[] towards(double cosine) {
        var vector = new float[384];
        vector[0] = (float) cosine;
        vector[1] = (float) Math.sqrt(1 - cosine * cosine);
        return vector;
    }

    /** As the reader of documents does it: all that waits, each the same. */
    private void readDocuments(String model) {
        var ids = answer(embeddings.pending(List.of(), 1_000));
        var texts = answer(embeddings.textsToEmbed(model, ids));
        answer(embeddings.store(
                model,
                texts.stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), towards(1)))
                        .toList()));
    }

    private void readSearches(String model, double cosine) {
        var unread = answer(alerts.pendingSearches(1_000));
        answer(alerts.storeSearches(
                model,
                unread.stream()
                        .map(it -> new Alerts.EmbeddedSearch(
                                it,
                                Optional.of(towards(cosine))
                                        .filter(_ -> !it.text().isEmpty()),
                                it.skills().stream()
                                        .map(skill -> Set.of(skill, "never"))
                                        .toList()))
                        .toList()));
    }

    /** As the matcher does it. */
    private List<String> execute(String model) {
        var told = new ArrayList<String>();
        for (var batch = answer(alerts.nextBatch(model, 100));
                batch.isPresent();
                batch = answer(alerts.nextBatch(model, 100))) {
            var after = Optional.<Match>empty();
            do {
                var page = answer(alerts.matches(model, batch.get(), after, 50));
                page.forEach(it -> told.add(it.searchId() + " " + it.documentId()));
                after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
            } while (after.isPresent());
            answer(alerts.markCompared(batch.get()));
        }
        return told;
    }

    private List<String> told() {
        play();
        readSearches(MODEL, 1);
        readDocuments(MODEL);
        return execute(MODEL);
    }

    private void save(String id, SearchCriteria terms) {
        SavedSearchScenario.execute(story, SAVER, new Save(search(id, "Name", terms)));
    }

    private void post(String id, String client) {
        story.execute(Job.AGGREGATE, id, new JobCommand.Post(client, job("A logo"), true));
    }

    @Test
    void whatIsNewIsToldOnce() {
        save("srch_1", ANYTHING);
        post("job_1", "acc_1");
        assertThat(told()).containsExactly("srch_1 job_1");
        assertThat(told()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.Edit("acc_1", 1, job("Another logo")));
        assertThat(told()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.ReceiveProposal("prp_1", "acc_2", "USD"))
                .execute(Job.AGGREGATE, "job_1", new JobCommand.Accept("acc_1", "prp_1", 1, "ctr_1"));
        assertThat(told()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.AbandonHire("ctr_1", "withdrawn"));
        assertThat(told()).isEmpty();
        answer(embeddings.reindexAll(MODEL));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsNoNews() {
        post("job_1", "acc_1");
        assertThat(told()).isEmpty();
        save("srch_1", ANYTHING);
        assertThat(told()).isEmpty();
    }

    @Test
    void nobodyIsToldOfTheirOwn() {
        save("srch_1", ANYTHING);
        post("job_1", SAVER);
        assertThat(told()).isEmpty();
    }

    /** The matcher may have looked before the search could be read. */
    @Test
    void whatWasListedWhileASearchWaitedToBeReadIsToldThen() {
        save("srch_1", ANYTHING);
        post("job_1", "acc_1");
        play();
        readDocuments(MODEL);
        assertThat(execute(MODEL)).isEmpty();
        readSearches(MODEL, 1);
        assertThat(execute(MODEL)).containsExactly("srch_1 job_1");
    }

    @Test
    void whatLeftTheListBeforeItWasToldIsNewWhenItComesBack() {
        save("srch_1", ANYTHING);
        post("job_1", "acc_1");
        play();
        readSearches(MODEL, 1);
        assertThat(execute(MODEL)).isEmpty();
        readDocuments(MODEL);
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.ReceiveProposal("prp_1", "acc_2", "USD"))
                .execute(Job.AGGREGATE, "job_1", new JobCommand.Accept("acc_1", "prp_1", 1, "ctr_1"));
        assertThat(told()).isEmpty();
        story.execute(Job.AGGREGATE, "job_1", new JobCommand.AbandonHire("ctr_1", "withdrawn"));
        assertThat(told()).containsExactly("srch_1 job_1");
        assertThat(told()).isEmpty();
    }

    @Test
    void aSearchThatIsChangedLooksFromThenOn() {
        save("srch_1", terms("chess"));
        post("job_1", "acc_1");
        play();
        readSearches(MODEL, 0);
        readDocuments(MODEL);
        assertThat(execute(MODEL)).isEmpty();
        SavedSearchScenario.execute(story, SAVER, new Change(search("srch_1", "Name", ANYTHING)));
        assertThat(told()).isEmpty();
        SavedSearchScenario.execute(story, SAVER, new Change(search("srch_1", "Renamed", ANYTHING)));
        post("job_2", "acc_1");
        assertThat(told()).containsExactly("srch_1 job_2");
        SavedSearchScenario.execute(story, SAVER, new Remove("srch_1"));
        post("job_3", "acc_1");
        assertThat(told()).isEmpty();
    }

    @Test
    void aGigThatRestedIsNotNewAgain() {
        var gigs = aSearchFor(Kind.GIG).build();
        save("srch_1", gigs);
        story.execute(
                Gig.AGGREGATE, "gig_1", new GigCommand.Post(HireScenario.ANN, GigScenario.details("Logos"), false));
        assertThat(told()).isEmpty();
        story.execute(Gig.AGGREGATE, "gig_1", new GigCommand.Publish(HireScenario.ANN));
        assertThat(told()).containsExactly("srch_1 gig_1");
        story.execute(Gig.AGGREGATE, "gig_1", new GigCommand.Pause(HireScenario.ANN))
                .execute(Gig.AGGREGATE, "gig_1", new GigCommand.Publish(HireScenario.ANN));
        assertThat(told()).isEmpty();
    }

    /** Long after the profile was made. */
    @Test
    void aFreelancerIsNewWhenTheySaySomethingOfThemselves() {
        AccountScenario.active(story, "acc_ann", AccountScenario.MAIL);
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Create("ann", "Ann", "DE"));
        save("srch_1", aSearchFor(Kind.FREELANCER).build());
        assertThat(told()).isEmpty();
        var boats = aProfile().withHeadline("Boats").build();
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Edit(1, boats));
        assertThat(told()).containsExactly("srch_1 acc_ann");
    }

    @Test
    void whileAViewIsRebuiltWhatIsNewWaits() {
        // It would not wait for long.
        story.now = Instant.now();
        save("srch_1", ANYTHING);
        assertThat(told()).isEmpty();
        for (var view : List.of(new SavedSearchView(), new SearchView())) {
            var id = "job_" + view.name();
            post(id, "acc_1");
            play();
            readDocuments(MODEL);
            fixture.transaction(view::empty);
            assertThat(execute(MODEL)).isEmpty();
            fixture.apply(view, story.events());
            assertThat(execute(MODEL)).containsExactly("srch_1 " + id);
        }
    }

    @Test
    void meaningsMustBeNear() {
        save("srch_1", terms("logo"));
        post("job_1", "acc_1");
        play();
        readDocuments(MODEL);
        readSearches(MODEL, 0.63);
        assertThat(execute(MODEL)).isEmpty();
        save("srch_2", terms("logo"));
        post("job_2", "acc_1");
        play();
        readDocuments(MODEL);
        readSearches(MODEL, 0.65);
        assertThat(execute(MODEL)).containsExactly("srch_2 job_2");
    }

    @Test
    void whatNoModelCanReadMustBeMetWordByWord() {
        for (var text : List.of("a logo", "logos chess", "\uD83D\uDEA2")) save("srch_" + text, terms(text));
        post("job_1", "acc_1");
        play();
        readDocuments(MODEL);
        var unread = answer(alerts.pendingSearches(10));
        answer(alerts.storeSearches(
                MODEL,
                unread.stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.empty(), List.of()))
                        .toList()));
        assertThat(execute(MODEL)).containsExactly("srch_a logo job_1");
    }

    @Test
    void anotherModelReadsTheSearchesAgainAndTellsNothingTwice() {
        save("srch_1", terms("logo"));
        post("job_1", "acc_1");
        assertThat(told()).hasSize(1);
        answer(alerts.register("better"));
        answer(embeddings.register("better"));
        assertThat(answer(alerts.pendingSearches(10))).hasSize(1);
        readSearches("better", 1);
        readDocuments("better");
        assertThat(execute("better")).isEmpty();
        post("job_2", "acc_1");
        play();
        readDocuments("better");
        assertThat(execute("better")).containsExactly("srch_1 job_2");
    }

    @Test
    void whatWasReadOfASearchThatWasChangedMeanwhileIsNotKept() {
        save("srch_1", terms("logo"));
        play();
        var before = answer(alerts.pendingSearches(10));
        SavedSearchScenario.execute(story, SAVER, new Change(search("srch_1", "Name", terms("chess"))));
        play();
        answer(alerts.storeSearches(
                MODEL,
                before.stream()
                        .map(it -> new Alerts.EmbeddedSearch(it, Optional.of(towards(1)), List.of()))
                        .toList()));
        assertThat(answer(alerts.pendingSearches(10)))
                .extracting(Alerts.PendingSearch::text)
                .containsExactly("chess");
        assertThat(answer(alerts.nextBatch(MODEL, 10))).isEmpty();
    }

    /** Of many random pairs, an alert is told of exactly those that the search itself would show, but its saver's own. */
    @Test
    void whatNarrowsAnAlertNarrowsASearch() {
        var chance = new Random(20261124);
        var searches = IntStream.range(0, 120)
                .mapToObj(i -> search("srch_%03d".formatted(i), "Name", randomTerms(chance)))
                .toList();
        for (int i = 0; i < searches.size(); i++)
            SavedSearchScenario.execute(story, saver(i), new Save(searches.get(i)));
        for (int i = 0; i < 60; i++)
            story.execute(
                    Job.AGGREGATE, "job_%02d".formatted(i), new JobCommand.Post(saver(i), randomJob(chance), true));
        var told = told();
        var found = new ArrayList<String>();
        for (var search : searches)
            answer(fixture.readModel
                            .search()
                            .browse(
                                    Search.Kind.JOB,
                                    filter(search.terms(), saver(searches.indexOf(search))),
                                    ViewFixture.firstPage(100),
                                    false))
                    .page()
                    .items()
                    .stream()
                    .map(ListedDocument::id)
                    .forEach(id -> found.add(search.id() + " " + id));
        assertThat(told).hasSizeGreaterThan(300).containsExactlyInAnyOrderElementsOf(found);
    }

    private static String saver(int i) {
        return "acc_s" + i % 10;
    }

    private static SearchCriteria randomTerms(Random chance) {
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

    private static Filter filter(SearchCriteria it, String saver) {
        return new Filter(
                it.category(),
                it.skills().stream().map(Set::of).toList(),
                it.price()
                        .map(price -> new Price(
                                price.currency(),
                                price.atLeast().map(OptionalLong::of).orElse(OptionalLong.empty()),
                                price.atMost().map(OptionalLong::of).orElse(OptionalLong.empty()))),
                it.deliveryDays().map(OptionalInt::of).orElse(OptionalInt.empty()),
                java.util.OptionalDouble.empty(),
                false,
                Optional.of(saver));
    }
}
