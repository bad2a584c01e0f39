package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.search.Search;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Hit;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.projections.view.search.SqlSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of a search while documents are listed, changed and unlisted. */
class SearchPagesTest {
    private static final int JOBS = 150;
    private static final int LIMIT = 10;
    private static final String MODEL = "test-model";
    private static final Query QUERY = new Query(
            "",
            List.of(),
            List.of(),
            List.of(new QueryVector(MODEL, vector(1))),
            Weights.FOR_QUERY,
            Filter.anyOf(Kind.JOB));

    private final ViewFixture fixture = new ViewFixture();
    private final SqlEmbeddings embeddings = new SqlEmbeddings(new ReadDatabase(fixture.database, 4));
    private final Search node = new SqlSearch(new ReadDatabase(fixture.database, 4));
    private final Search otherNode = new SqlSearch(new ReadDatabase(fixture.database, 4));
    private final EventStory story = new EventStory();
    private int applied;

    /** @param similarity to the query */
    private static float[] vector(double similarity) {
        var vector = new float[384];
        vector[0] = (float) similarity;
        vector[1] = (float) Math.sqrt(1 - similarity * similarity);
        return vector;
    }

    /** Job 0 is the most similar to the query, and each following one a little less. */
    @BeforeEach
    void fill() {
        result(embeddings.register(MODEL));
        for (int i = 0; i < JOBS; i++) post(i);
        embed(id -> 0.95 - Integer.parseInt(id.substring(4)) * 0.003);
    }

    private static String id(int i) {
        return "job_%03d".formatted(i);
    }

    private void post(int i) {
        story.execute(Job.AGGREGATE, id(i), new JobCommand.Post("acc_1", aJob().build(), true));
    }

    private void close(int i) {
        story.execute(Job.AGGREGATE, id(i), new JobCommand.Close("acc_1", "Done"));
    }

    private void applyNewEvents() {
        var all = story.events();
        fixture.apply(all.subList(applied, all.size()));
        applied = all.size();
    }

    private void embed(ToDoubleFunction<String> similarity) {
        applyNewEvents();
        result(embeddings.store(
                MODEL,
                result(embeddings.claim(MODEL, 1_000)).stream()
                        .map(it -> new Embeddings.Vector(it.id(), it.hash(), vector(similarity.applyAsDouble(it.id()))))
                        .toList()));
    }

    private static Page<Hit> page(Search search, Optional<String> cursor) {
        return result(search.find(QUERY, new Page.Request(LIMIT, cursor), false))
                .page();
    }

    private static List<String> ids(Page<Hit> page) {
        return page.items().stream().map(Hit::id).toList();
    }

    private static List<String> jobs(int from, int to) {
        return IntStream.range(from, to).mapToObj(SearchPagesTest::id).toList();
    }

    /** The hits of all pages after the given one. Each but the last is full. */
    private static List<String> rest(Search search, Page<Hit> page) {
        var ids = new ArrayList<String>();
        for (var cursor = page.next(); cursor.isPresent(); ) {
            var following = page(search, cursor);
            ids.addAll(ids(following));
            cursor = following.next();
            if (cursor.isPresent()) assertThat(following.items()).hasSize(LIMIT);
        }
        return ids;
    }

    @Test
    void firstPageIsFullWhateverItsSize() {
        assertThat(ids(result(node.find(QUERY, firstPage(100), false)).page())).isEqualTo(jobs(0, 100));
    }

    @Test
    void closedJobsAreLeftOutAndDoNotShortenAPage() {
        var page = page(node, Optional.empty());
        assertThat(ids(page)).isEqualTo(jobs(0, LIMIT));
        for (int i = 12; i < 18; i++) close(i);
        applyNewEvents();
        var expected = new ArrayList<>(jobs(LIMIT, 60));
        expected.removeAll(jobs(12, 18));
        assertThat(rest(node, page)).isEqualTo(expected);
    }

    @Test
    void newJobsNeitherRepeatNorDisplaceHits() {
        var page = page(node, Optional.empty());
        for (int i = JOBS; i < JOBS + 100; i++) post(i);
        embed(_ -> 0.99);
        assertThat(rest(node, page)).isEqualTo(jobs(LIMIT, 60));
    }

    @Test
    void anotherNodeContinuesAfterTheLastHit() {
        var page = page(node, Optional.empty());
        for (int i = 12; i < 18; i++) close(i);
        applyNewEvents();
        var expected = new ArrayList<>(jobs(LIMIT, 66));
        expected.removeAll(jobs(12, 18));
        assertThat(rest(otherNode, page)).isEqualTo(expected);
    }
}
