package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.FilterBuilder.aFilter;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.SearchBuilder.aSearchFor;
import static io.guildhall.testing.ShowcaseBuilder.aShowcase;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.Showcase.Availability;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Save;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.Money;
import io.guildhall.port.Alerts;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.JobBuilder;
import io.guildhall.testing.SearchBuilder;
import io.guildhall.testing.StubSkills;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every component of a filter changes what a search finds, and a saved search alerts on what a search with the same
 * criteria finds. Both are checked for each component of the records: one without a case here fails the test.
 */
class FilterTest {
    private static final String MODEL = "test-model";
    private static final ViewFixture FIXTURE = new ViewFixture();

    private static final Map<Kind, List<String>> DOCUMENTS = Map.of(
            Kind.JOB, List.of("job_1", "job_2", "job_3"),
            Kind.GIG, List.of("gig_1", "gig_2"),
            Kind.FREELANCER, List.of(HireScenario.ANN, HireScenario.BOB));

    private record FilterCase(String component, Kind kind, Object value, List<String> expected) {}

    private static final List<FilterCase> FILTERS = List.of(
            new FilterCase(
                    "skillSpellings", Kind.JOB, List.of(Set.of("css"), Set.of("vectors", "SVG")), List.of("job_1")),
            new FilterCase("ratingAtLeast", Kind.GIG, OptionalDouble.of(4.5), List.of("gig_1")),
            new FilterCase("available", Kind.FREELANCER, true, List.of(HireScenario.ANN)),
            new FilterCase("newTo", Kind.JOB, Optional.of("acc_1"), List.of("job_2", "job_3")),
            new FilterCase("newTo", Kind.JOB, Optional.of(HireScenario.ANN), List.of("job_1", "job_2")));

    /** @param component dotted for a component of the price */
    private record CriteriaCase(String component, SearchCriteria criteria, List<String> expected) {
        String id() {
            return "srch_" + component;
        }
    }

    private static final List<CriteriaCase> CRITERIA = List.of(
            new CriteriaCase("kind", aSearchFor(Kind.GIG).build(), List.of("gig_1", "gig_2")),
            new CriteriaCase("text", jobs().withText("zeppelin").build(), List.of("job_3")),
            new CriteriaCase("category", jobs().inCategory(" DESIGN").build(), List.of("job_1")),
            new CriteriaCase("skills", jobs().requiring("CSS", "svg").build(), List.of("job_1")),
            new CriteriaCase("price.currency", jobs().priced(range("CHF")).build(), List.of("job_2")),
            new CriteriaCase(
                    "price.atLeast",
                    jobs().priced(new PriceRange("USD", Optional.of(2_001L), Optional.empty()))
                            .build(),
                    List.of("job_3")),
            new CriteriaCase(
                    "price.atMost",
                    jobs().priced(new PriceRange("USD", Optional.empty(), Optional.of(4_999L)))
                            .build(),
                    List.of("job_1")),
            new CriteriaCase(
                    "deliveryDays", aSearchFor(Kind.GIG).deliveredInDays(3).build(), List.of("gig_1")),
            new CriteriaCase(
                    "experienceLevel", jobs().asking(ExperienceLevel.EXPERT).build(), List.of("job_2")));

    private static Map<String, List<String>> alerted;

    private static SearchBuilder jobs() {
        return aSearchFor(Kind.JOB);
    }

    private static PriceRange range(String currency) {
        return new PriceRange(currency, Optional.empty(), Optional.empty());
    }

    @BeforeAll
    static void fill() {
        var story = new EventStory();
        for (var it : CRITERIA)
            SavedSearchScenario.execute(
                    story, "acc_saver", new Save(new SavedSearch(it.id(), it.component(), it.criteria(), true)));
        SavedSearchScenario.execute(story, "acc_1", new Save(jobs().saved("srch_own", "Own")));
        post(story, "job_1", "acc_1", aJob().inCategory("Design").requiring("SVG", "CSS"), 1_000, 2_000, "USD");
        post(
                story,
                "job_2",
                "acc_2",
                aJob().inCategory("Web").requiring("css").asking(ExperienceLevel.EXPERT),
                1_000,
                2_000,
                "CHF");
        post(
                story,
                "job_3",
                "acc_3",
                aJob().titled("A zeppelin").inCategory("Writing").requiring("seo"),
                5_000,
                6_000,
                "USD");
        story.execute(
                Proposal.AGGREGATE,
                Proposal.id("job_3", HireScenario.ANN),
                new ProposalCommand.Submit(
                        HireScenario.ANN, "job_3", "acc_3", "A boat", true, HireScenario.terms("Letter")));
        freelancer(story, HireScenario.ANN, "ann@example.org", Availability.State.PARTLY);
        freelancer(story, HireScenario.BOB, "bob@example.org", Availability.State.NOT);
        offer(story, "gig_1", HireScenario.ANN, 3);
        offer(story, "gig_2", HireScenario.BOB, 10);
        FIXTURE.apply(story.events());
        FIXTURE.transaction(connection -> Sql.update(
                connection,
                "INSERT INTO record_review (id, freelancer_id, overall) VALUES ('r1', ?, 5), ('r2', ?, 4), ('r3', ?, 4)",
                HireScenario.ANN,
                HireScenario.ANN,
                HireScenario.BOB));
        alerted = alerts();
    }

    private static void post(
            EventStory story, String id, String client, JobBuilder job, long min, long max, String currency) {
        JobDetails details =
                job.budget(new Money(min, currency), new Money(max, currency)).build();
        story.execute(Job.AGGREGATE, id, new JobCommand.Post(client, details, true));
    }

    private static void offer(EventStory story, String id, String freelancer, int days) {
        var gig = aGig().withPackages(aPackage(Tier.BASIC).deliveredInDays(days).build());
        story.execute(Gig.AGGREGATE, id, new GigCommand.Post(freelancer, gig.build(), true));
    }

    private static void freelancer(EventStory story, String id, String email, Availability.State state) {
        AccountScenario.active(story, id, email);
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Create(id.substring(4), "F", "DE"));
        var availability = new Availability(state, OptionalInt.empty(), Optional.empty());
        var profile = aProfile()
                .withShowcase(aShowcase().withAvailability(availability).build());
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Edit(1, profile.build()));
    }

    /**
     * Embeds all documents and searches, without vectors for the texts, and returns the documents that each search
     * matches.
     */
    private static Map<String, List<String>> alerts() {
        var embeddings = new SqlEmbeddings(new ReadDatabase(FIXTURE.database, 4));
        var alerts = new SqlAlerts(new ReadDatabase(FIXTURE.database, 4));
        result(embeddings.register(MODEL));
        result(embeddings.store(
                MODEL,
                result(embeddings.claim(MODEL, 100)).stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), vector()))
                        .toList()));
        result(alerts.storeSearches(
                MODEL,
                result(alerts.pendingSearches(100)).stream()
                        .map(it -> new Alerts.EmbeddedSearch(
                                it,
                                Optional.empty(),
                                it.skills().stream().map(SPELLINGS::spellings).toList()))
                        .toList()));
        var matches = new HashMap<String, List<String>>();
        for (var batch = result(alerts.nextBatch(MODEL, 100));
                batch.isPresent();
                batch = result(alerts.nextBatch(MODEL, 100))) {
            result(alerts.matches(MODEL, batch.get(), Optional.empty(), 1_000))
                    .forEach(it -> matches.computeIfAbsent(it.searchId(), _ -> new ArrayList<>())
                            .add(it.documentId()));
            result(alerts.markCompared(batch.get()));
        }
        return matches;
    }

    private static float[] vector() {
        var vector = new float[384];
        vector[0] = 1;
        return vector;
    }

    @Test
    void everyFilterComponentHasACase() {
        var cases = Stream.concat(Stream.of("criteria"), FILTERS.stream().map(FilterCase::component));
        assertThat(cases.distinct()).containsExactlyInAnyOrderElementsOf(components(Filter.class));
        assertThat(CRITERIA.stream().map(CriteriaCase::component))
                .containsExactlyInAnyOrderElementsOf(components(SearchCriteria.class));
    }

    @ParameterizedTest
    @EnumSource
    void emptyFilterFindsAllDocumentsOfTheKind(Kind kind) {
        assertFinds(Filter.anyOf(kind), requireNonNull(DOCUMENTS.get(kind)));
    }

    static List<FilterCase> filters() {
        return FILTERS;
    }

    @ParameterizedTest
    @MethodSource("filters")
    void everyFilterComponentChangesTheResult(FilterCase it) {
        assertFinds(with(Filter.class, Filter.anyOf(it.kind()), it.component(), it.value()), it.expected());
    }

    static List<CriteriaCase> criteria() {
        return CRITERIA;
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void savedSearchAlertsOnWhatTheSearchFinds(CriteriaCase it) {
        assertFinds(aFilter(it.criteria(), SPELLINGS), it.expected());
        assertThat(alerted.get(it.id())).containsExactlyInAnyOrderElementsOf(it.expected());
    }

    @Test
    void savedSearchNeverAlertsOnDocumentsOfItsUser() {
        assertThat(listed(Filter.anyOf(Kind.JOB))).contains("job_1");
        assertThat(alerted.get("srch_own")).containsExactlyInAnyOrder("job_2", "job_3");
    }

    /** Prices and delivery days are counted by ranges instead. */
    @Test
    void facetsCountTheValuesOfEveryCriterionThatIsATextOrAConstant() {
        var results = result(FIXTURE.readModel.search().browse(Filter.anyOf(Kind.JOB), firstPage(1), true));
        var values = results.facets().orElseThrow().values();
        var countable = Stream.of(SearchCriteria.class.getRecordComponents())
                .filter(it -> it.getGenericType() instanceof ParameterizedType type
                        && type.getActualTypeArguments()[0] instanceof Class<?> inner
                        && (inner == String.class || inner.isEnum()))
                .map(RecordComponent::getName);
        assertThat(values.keySet()).containsExactlyInAnyOrderElementsOf(countable.toList());
        assertThat(values.values()).noneMatch(List::isEmpty);
    }

    /** By its text if it has one; otherwise by a vector, and as a list. */
    private static void assertFinds(Filter filter, List<String> expected) {
        var text = filter.criteria().text();
        if (text.isEmpty()) {
            assertThat(listed(filter)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found("", List.of(new QueryVector(MODEL, vector())), filter))
                    .containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(found(text, List.of(), filter)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<String> listed(Filter filter) {
        return result(FIXTURE.readModel.search().browse(filter, firstPage(100), false)).page().items().stream()
                .map(ListedDocument::id)
                .toList();
    }

    private static List<String> found(String words, List<QueryVector> vectors, Filter filter) {
        var query = new Query(words, List.of(), List.of(), vectors, Weights.FOR_QUERY, filter);
        return result(FIXTURE.readModel.search().find(query, firstPage(100), false)).page().items().stream()
                .map(Hit::id)
                .toList();
    }

    /** The names of a record's components; those of a record inside an {@code Optional} are dotted. */
    private static Set<String> components(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(FilterTest::names)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type
                        && type.getActualTypeArguments()[0] instanceof Class<?> inner
                        && inner.isRecord()
                ? Stream.of(inner.getRecordComponents()).map(it -> component.getName() + "." + it.getName())
                : Stream.of(component.getName());
    }

    private static <R extends Record> R with(Class<R> type, R record, String component, Object value) {
        var components = type.getRecordComponents();
        try {
            var values = new Object[components.length];
            for (int i = 0; i < values.length; i++)
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(record);
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static final Skills SPELLINGS = new StubSkills() {
        @Override
        public Set<String> spellings(String text) {
            return Set.of(text, text + " alias");
        }
    };
}
