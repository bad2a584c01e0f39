package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.FilterBuilder.aFilter;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.kernel.Money;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Facets.PriceSummary;
import io.guildhall.projections.readmodel.search.Facets.ValueCount;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.search.SqlEmbeddings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches over jobs with random vectors, so that the expected order is known. */
class SearchTest {
    private static final int JOBS = 800;
    private static final String MODEL = "test-model";
    private static final Filter ALL_JOBS = Filter.anyOf(Kind.JOB);
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final List<float[]> VECTORS = new ArrayList<>();

    @BeforeAll
    static void fill() {
        var story = new EventStory();
        for (int i = 0; i < JOBS; i++)
            story.execute(Job.AGGREGATE, id(i), new JobCommand.Post("acc_1", details(i), true));
        FIXTURE.apply(story.events());
        var embeddings = new SqlEmbeddings(new ReadDatabase(FIXTURE.database, 4));
        result(embeddings.register(MODEL));
        var chance = new Random(7);
        // All are similar enough to be found.
        for (int i = 0; i < JOBS; i++) VECTORS.add(randomVector(chance));
        var texts = result(embeddings.claim(MODEL, JOBS));
        result(embeddings.store(
                MODEL,
                texts.stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), VECTORS.get(number(it.id()))))
                        .toList()));
        result(embeddings.activateIfComplete(MODEL));
    }

    private static String id(int i) {
        return "job_%04d".formatted(i);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(4));
    }

    /** One in a hundred has a budget in Swiss francs. */
    private static JobDetails details(int i) {
        var money = new Money(100 + i, i % 100 == 0 ? "CHF" : "USD");
        var title = i == 7 ? "A zeppelin" : "A job";
        return aJob().titled(title)
                .described("Work")
                .inCategory("cat" + i % 10)
                .requiring("Skill " + i % 4)
                .budget(money)
                .build();
    }

    private static float[] randomVector(Random chance) {
        var vector = new float[384];
        vector[0] = 24;
        double squares = 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] += (float) chance.nextGaussian() * 0.6f;
            squares += vector[d] * vector[d];
        }
        for (int d = 0; d < vector.length; d++) vector[d] /= (float) Math.sqrt(squares);
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) sum += a[d] * b[d];
        return sum;
    }

    private static Query query(float[] vector, Filter filter) {
        return new Query(
                "qqq", List.of(), List.of(), List.of(new QueryVector(MODEL, vector)), Weights.FOR_QUERY, filter);
    }

    private static List<String> nearest(float[] query, int limit, IntPredicate fits) {
        return IntStream.range(0, JOBS)
                .filter(fits)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -dot(query, VECTORS.get(i))))
                .limit(limit)
                .map(SearchTest::id)
                .toList();
    }

    private static List<String> ids(Page<Hit> page) {
        return page.items().stream().map(Hit::id).toList();
    }

    private static Page<Hit> find(Query query, Page.Request page) {
        return result(FIXTURE.readModel.search().find(query, page, true)).page();
    }

    @Test
    void returnsTheNearestFirst() {
        var vector = randomVector(new Random(1));
        assertThat(ids(find(query(vector, ALL_JOBS), firstPage(10)))).isEqualTo(nearest(vector, 10, _ -> true));
    }

    @Test
    void filterThatKeepsOneInAHundredFindsTheBest() {
        var vector = randomVector(new Random(2));
        var francs = aFilter(Kind.JOB)
                .priced(new PriceRange("CHF", Optional.empty(), Optional.of(10_000L)))
                .build();
        assertThat(ids(find(query(vector, francs), firstPage(100)))).isEqualTo(nearest(vector, 100, i -> i % 100 == 0));
        var narrow = aFilter(Kind.JOB)
                .inCategory("CAT3")
                .requiring("skill 1", "no skill")
                .build();
        assertThat(ids(find(query(vector, narrow), firstPage(100))))
                .isEqualTo(nearest(vector, 100, i -> i % 10 == 3 && i % 4 == 1));
    }

    @Test
    void pagesNeitherRepeatNorSkip() {
        var vector = randomVector(new Random(3));
        var seen = new ArrayList<String>();
        var cursor = Optional.<String>empty();
        do {
            var page = find(query(vector, ALL_JOBS), new Page.Request(7, cursor));
            seen.addAll(ids(page));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(new HashSet<>(seen)).hasSameSizeAs(seen).hasSize(60);
        assertThat(seen).isEqualTo(nearest(vector, 60, _ -> true));
    }

    @Test
    void matchingWordCountsWithAndWithoutVector() {
        var words = new Query("who builds zeppelins", List.of(), List.of(), List.of(), Weights.FOR_QUERY, ALL_JOBS);
        assertThat(ids(find(words, firstPage(10)))).containsExactly(id(7));
        var vector = randomVector(new Random(4));
        var both = new Query(
                "zeppelin", List.of(), List.of(), List.of(new QueryVector(MODEL, vector)), Weights.FOR_QUERY, ALL_JOBS);
        assertThat(find(both, firstPage(100)).items())
                .filteredOn(it -> it.lexicalScore() > 0)
                .extracting(Hit::id)
                .containsExactly(id(7));
    }

    @Test
    void scoreDoesNotDependOnOtherDocuments() {
        var vector = randomVector(new Random(5));
        var all = find(query(vector, ALL_JOBS), firstPage(100)).items();
        var some = find(query(vector, aFilter(Kind.JOB).inCategory("cat5").build()), firstPage(100))
                .items();
        assertThat(some).isNotEmpty().filteredOn(all::contains).isNotEmpty();
        for (var hit : some)
            all.stream()
                    .filter(it -> it.id().equals(hit.id()))
                    .forEach(it -> assertThat(it).isEqualTo(hit));
    }

    @Test
    void unrelatedDocumentsAreNotFound() {
        var far = new float[384];
        far[0] = -1;
        assertThat(find(query(far, ALL_JOBS), firstPage(10)).items()).isEmpty();
        assertThat(find(
                                new Query(
                                        "zeppelin",
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Weights.FOR_QUERY,
                                        Filter.anyOf(Kind.GIG)),
                                firstPage(10))
                        .items())
                .isEmpty();
    }

    @Test
    void rejectsCursorOfAnotherList() {
        var query = new Query("zeppelin", List.of(), List.of(), List.of(), Weights.FOR_QUERY, ALL_JOBS);
        for (var cursor : List.of("x", "c2VhcmNoCmFiYwo", "c2VhcmNoCi05Cg"))
            assertThatThrownBy(() -> find(query, new Page.Request(1, Optional.of(cursor)))
                            .next()
                            .orElseThrow(InvalidCursorException::new))
                    .isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void browsingListsAllDocumentsNewestFirst() {
        var seen = new ArrayList<String>();
        var cursor = Optional.<String>empty();
        do {
            var page = result(FIXTURE.readModel.search().browse(ALL_JOBS, new Page.Request(100, cursor), true))
                    .page();
            page.items().forEach(it -> seen.add(it.id()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(seen).hasSize(JOBS).doesNotHaveDuplicates();
    }

    @Test
    void expansionFindsDocuments() {
        var query = new Query("airship", List.of("zeppelins"), List.of(), List.of(), Weights.FOR_QUERY, ALL_JOBS);
        assertThat(ids(find(query, firstPage(10)))).containsExactly(id(7));
    }

    @Test
    void firstPageHasFacetsOfAllHits() {
        var all = result(FIXTURE.readModel.search().browse(ALL_JOBS, firstPage(5), true))
                .facets()
                .orElseThrow();
        assertThat(all.documents()).isEqualTo(JOBS);
        assertThat(all.values().get("category"))
                .hasSize(10)
                .allSatisfy(it -> assertThat(it.count()).isEqualTo(JOBS / 10));
        assertThat(all.values().get("skills"))
                .hasSize(4)
                .allSatisfy(it -> assertThat(it.count()).isEqualTo(JOBS / 4));
        assertThat(all.prices())
                .containsExactly(
                        new PriceSummary("USD", JOBS - 8, 101, 499, 899), new PriceSummary("CHF", 8, 100, 400, 800));
        var query = new Query("zeppelin", List.of(), List.of(), List.of(), Weights.FOR_QUERY, ALL_JOBS);
        var found = result(FIXTURE.readModel.search().find(query, firstPage(5), true))
                .facets()
                .orElseThrow();
        assertThat(found.values().get("skills")).containsExactly(new ValueCount("Skill 3", 1));
    }

    @Test
    void mostSimilarOfSeveralVectorsCounts() {
        var one = randomVector(new Random(11));
        var other = randomVector(new Random(12));
        var query = new Query(
                "",
                List.of(),
                List.of(),
                List.of(new QueryVector(MODEL, one), new QueryVector(MODEL, other)),
                Weights.FOR_QUERY,
                ALL_JOBS);
        var truth = IntStream.range(0, JOBS)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -Math.max(dot(one, VECTORS.get(i)), dot(other, VECTORS.get(i)))))
                .limit(20)
                .map(SearchTest::id)
                .toList();
        assertThat(ids(find(query, firstPage(20)))).isEqualTo(truth);
    }

    @Test
    void ownJobsAreNotNewToAnAccount() {
        var filter = ALL_JOBS.newTo("acc_1");
        assertThat(ids(find(query(randomVector(new Random(13)), filter), firstPage(10))))
                .isEmpty();
        assertThat(ids(find(query(randomVector(new Random(13)), ALL_JOBS.newTo("acc_2")), firstPage(10))))
                .hasSize(10);
    }

    @Test
    void skillsOfTheQueryRaiseTheScore() {
        var vector = randomVector(new Random(14));
        var plain = find(query(vector, ALL_JOBS), firstPage(100)).items();
        var skilled = find(
                        new Query(
                                "qqq",
                                List.of(),
                                List.of(Set.of("skill 2", "another name")),
                                List.of(new QueryVector(MODEL, vector)),
                                Weights.FOR_QUERY,
                                ALL_JOBS),
                        firstPage(100))
                .items();
        assertThat(skilled.subList(0, 12)).allMatch(it -> number(it.id()) % 4 == 2);
        assertThat(plain.subList(0, 12)).anyMatch(it -> number(it.id()) % 4 != 2);
        assertThat(skilled).allMatch(it -> it.score() <= 1);
    }
}
