package io.guildhall.search;

import static io.guildhall.Await.result;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.ai.job.embed.EmbeddingJob;
import io.guildhall.ai.port.Embedder;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index ends up with exactly the listed documents, whatever happens to documents and nodes. */
class EmbeddingJobTest {
    private final HikariDataSource database = new HikariDataSource();
    private final ReadDatabase readDatabase;
    private final SqlEmbeddings embeddings;
    private final List<BackgroundLoop> nodes = new ArrayList<>();
    private final Jobs jobs = new Jobs();

    EmbeddingJobTest() {
        database.setJdbcUrl(TestDatabase.migratedUrl(Migrations::run));
        database.setMaximumPoolSize(12);
        readDatabase = new ReadDatabase(database, 8);
        embeddings = new SqlEmbeddings(readDatabase);
    }

    @AfterEach
    void stop() {
        nodes.forEach(BackgroundLoop::close);
        database.close();
    }

    /** Derives vectors from the hash of the text, slowly and with failures, and counts the texts. */
    private static final class FakeEmbedder implements Embedder {
        private final String name;
        private final Random random;
        final AtomicInteger texts = new AtomicInteger();
        /** Texts that contain it are refused. */
        volatile String refused = "no text contains this";

        FakeEmbedder(String name, long seed) {
            this.name = name;
            this.random = new Random(seed);
        }

        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            this.texts.addAndGet(texts.size());
            if (texts.stream().anyMatch(it -> it.contains(refused)))
                return CompletableFuture.completedStage(new Rejected(400, "the embedding server rejects the request"));
            int outcome = random.nextInt(10);
            if (outcome == 0) return CompletableFuture.completedStage(new Unavailable("overloaded"));
            if (outcome == 1) return CompletableFuture.failedStage(new IllegalStateException("failed"));
            Result answer = new Vectors(texts.stream().map(this::vector).toList());
            return CompletableFuture.supplyAsync(
                    () -> answer, CompletableFuture.delayedExecutor(random.nextInt(20), TimeUnit.MILLISECONDS));
        }

        float[] vector(String text) {
            var random = new Random(text.hashCode() * 31L + name.hashCode());
            var vector = new float[DIMENSION];
            double squares = 0;
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian();
                squares += vector[i] * vector[i];
            }
            for (int i = 0; i < vector.length; i++) vector[i] /= (float) Math.sqrt(squares);
            return vector;
        }

        @Override
        public Model model() {
            return new Model(name, DIMENSION);
        }

        @Override
        public int maxBatch() {
            return 32;
        }

        @Override
        public void close() {}
    }

    /** Passes random events of jobs to the view as the followers do. */
    private final class Jobs {
        private final SearchView view = new SearchView();
        private final Map<String, Long> numbers = new ConcurrentHashMap<>();

        void apply(String id, JobEvent event) {
            var recorded = new Recorded<JobEvent>(
                    id, numbers.merge(id, 1L, Long::sum), event, Instant.now(), Correlation.NONE);
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                view.lock(connection, List.of(recorded));
                for (var on : view.follows()) if (on.aggregate().name().equals("job")) apply(on, connection, recorded);
                connection.commit();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        private static <E> void apply(
                io.guildhall.projections.View.Subscription<E> on,
                java.sql.Connection connection,
                Recorded<JobEvent> recorded)
                throws SQLException {
            on.applier()
                    .apply(
                            connection,
                            new Recorded<>(
                                    recorded.entityId(),
                                    recorded.sequence(),
                                    on.aggregate().events().cast(recorded.event()),
                                    recorded.at(),
                                    recorded.correlation()));
        }

        void open(String id, String title) {
            open("acc_1", id, title);
        }

        void open(String clientId, String id, String title) {
            apply(id, new JobEvent.Posted(clientId, details(title), Instant.now()));
            apply(id, new JobEvent.Published(Instant.now()));
        }

        static JobDetails details(String title) {
            return aJob().titled(title).described("Of a guild").requiring("svg").build();
        }
    }

    private BackgroundLoop startNode(Embedder embedder) {
        var node = EmbeddingJob.start(TestLoops.create(), embeddings, embedder, _ -> {}, () -> false);
        nodes.add(node);
        return node;
    }

    private Map<String, String> listedDocuments() {
        return pairs("SELECT id, content_hash FROM search_document WHERE listed");
    }

    private Map<String, String> index(String model) {
        return pairs("SELECT id, content_hash FROM embedding.vector WHERE model = '" + model + "'");
    }

    private Map<String, String> pairs(String sql) {
        return result(readDatabase.query(connection -> {
            var pairs = new TreeMap<String, String>();
            for (var row : Sql.list(connection, sql, row -> Map.entry(row.getString(1), row.getString(2))))
                pairs.put(row.getKey(), row.getValue());
            return pairs;
        }));
    }

    private void awaitIndexed(String model) {
        Await.until(() -> {
            assertThat(waiting(model)).isZero();
            assertThat(index(model)).isEqualTo(listedDocuments());
        });
    }

    @Test
    void indexesListedDocumentsDespiteRandomEventsAndANodeThatDies() {
        var random = new Random(20261124);
        var embedder = new FakeEmbedder("fake", 1);
        var first = startNode(embedder);
        for (int i = 0; i < 60; i++) jobs.open("job_" + i, "Job " + i);
        for (int i = 0; i < 600; i++) {
            var id = "job_" + random.nextInt(60);
            jobs.apply(id, randomEvent(random, i));
            if (i == 200) first.close();
            if (i == 300) startNode(embedder);
        }
        awaitIndexed("fake");
        assertThat(listedDocuments()).isNotEmpty().hasSizeLessThan(60);
    }

    private static JobEvent randomEvent(Random random, int i) {
        return switch (random.nextInt(4)) {
            case 0 -> new JobEvent.Closed("x", List.of(), Instant.now());
            case 1 -> new JobEvent.Published(Instant.now());
            case 2 ->
                new JobEvent.FillingStarted(
                        Optional.of("p"), Optional.empty(), 1, "ctr", "acc_1", "t", Optional.empty(), Instant.now());
            default -> new JobEvent.Edited(Jobs.details("Job, edit " + i), Instant.now());
        };
    }

    @Test
    void doesNotEmbedTheSameTextAgain() {
        var embedder = new FakeEmbedder("fake", 3);
        startNode(embedder);
        jobs.open("job_1", "A logo");
        awaitIndexed("fake");
        Await.until(() -> assertThat(result(embeddings.currentModel())).contains("fake"));
        int texts = embedder.texts.get();
        jobs.apply("job_1", new JobEvent.Edited(Jobs.details("A logo"), Instant.now()));
        awaitIndexed("fake");
        assertThat(embedder.texts.get()).isEqualTo(texts);
        jobs.apply("job_1", new JobEvent.Edited(Jobs.details("Another logo"), Instant.now()));
        awaitIndexed("fake");
        assertThat(embedder.texts.get()).isGreaterThan(texts);
    }

    @Test
    void newModelEmbedsEverythingWhileTheOldOneServes() {
        var first = startNode(new FakeEmbedder("fake", 5));
        IntStream.range(0, 40).forEach(i -> jobs.open("job_" + i, "Job " + i));
        awaitIndexed("fake");
        Await.until(() -> assertThat(result(embeddings.currentModel())).isEqualTo(Optional.of("fake")));
        first.close();
        result(embeddings.register("better"));
        assertThat(result(embeddings.currentModel())).contains("fake");
        assertThat(waiting("better")).isEqualTo(40);
        assertThat(index("fake")).hasSize(40);
        startNode(new FakeEmbedder("better", 6));
        awaitIndexed("better");
        Await.until(() -> assertThat(result(embeddings.currentModel())).contains("better"));
        assertThat(index("fake")).isEmpty();
    }

    @Test
    void parksOnlyTheTextThatTheModelRefuses() {
        var embedder = new FakeEmbedder("fake", 9);
        embedder.refused = "Refused";
        for (int i = 0; i < 20; i++) jobs.open("job_" + i, i == 7 ? "Refused" : "Job " + i);
        startNode(embedder);
        Await.until(() -> assertThat(index("fake")).hasSize(19).doesNotContainKey("job_7"));
        Await.until(() -> assertThat(waiting("fake")).isZero());
        assertThat(result(embeddings.parked(10))).singleElement().satisfies(parked -> {
            assertThat(parked.id()).isEqualTo("job_7");
            assertThat(parked.model()).isEqualTo("fake");
            assertThat(parked.attempts()).isEqualTo(1);
            assertThat(parked.nextAt()).isAfter(Instant.now());
            assertThat(parked.reason()).contains("400");
        });
        Await.until(() -> assertThat(result(embeddings.currentModel())).contains("fake"));

        jobs.apply("job_7", new JobEvent.Edited(Jobs.details("Job, edited"), Instant.now()));
        awaitIndexed("fake");
        assertThat(result(embeddings.parkedCount())).isZero();
    }

    @Test
    void parkedTextIsTriedAgainWhenItIsDue() {
        var embedder = new FakeEmbedder("fake", 10);
        embedder.refused = "Refused";
        jobs.open("job_1", "Refused");
        startNode(embedder);
        Await.until(() -> assertThat(result(embeddings.parkedCount())).isOne());
        embedder.refused = "no text contains this";
        result(readDatabase.run(connection -> Sql.update(connection, "UPDATE embedding.queue SET next_at = now()")));
        Await.until(() -> assertThat(index("fake")).containsKey("job_1"));
        Await.until(() -> assertThat(result(embeddings.parkedCount())).isZero());
    }

    @Test
    void parksNothingWhileTheModelRefusesEverything() {
        var embedder = new FakeEmbedder("fake", 11);
        embedder.refused = "";
        for (int i = 0; i < 5; i++) jobs.open("job_" + i, "Job " + i);
        startNode(embedder);
        Await.until(() -> assertThat(embedder.texts.get()).isGreaterThan(20));
        assertThat(result(embeddings.parkedCount())).isZero();
        embedder.refused = "no text contains this";
        awaitIndexed("fake");
    }

    @Test
    void anOwnerOfManyDocumentsDoesNotDelayTheOthers() {
        result(embeddings.register("fake"));
        for (int i = 0; i < 40; i++) jobs.open("acc_many", "job_many" + i, "Job " + i);
        jobs.open("acc_few", "job_few1", "A job");
        jobs.open("acc_few", "job_few2", "Another job");
        jobs.open("acc_one", "job_one", "A third job");
        assertThat(claim(5)).containsExactlyInAnyOrder("job_one", "job_few1", "job_few2", "job_many0", "job_many1");
    }

    @Test
    void theNewestDocumentOfEachOwnerComesFirst() {
        result(embeddings.register("fake"));
        jobs.open("acc_many", "job_many0", "Job 0");
        jobs.open("acc_many", "job_many1", "Job 1");
        jobs.open("acc_one", "job_one", "A third job");
        assertThat(claim(1)).containsExactly("job_one");
        assertThat(claim(1)).containsExactly("job_many0");
        assertThat(claim(1)).containsExactly("job_many1");
    }

    @Test
    void aDocumentIsClaimedByOneNodeAtATime() {
        result(embeddings.register("fake"));
        IntStream.range(0, 200).forEach(i -> jobs.open("acc_" + i, "job_" + i, "Job " + i));
        var claimed = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> {
                    var all = new ArrayList<String>();
                    for (var batch = claim(16); !batch.isEmpty(); batch = claim(16)) all.addAll(batch);
                    return all;
                }))
                .toList()
                .stream()
                .flatMap(it -> it.join().stream())
                .toList();
        assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void documentsOfALostNodeAreClaimedAgain() {
        result(embeddings.register("fake"));
        jobs.open("job_1", "A logo");
        assertThat(claim(16)).containsExactly("job_1");
        assertThat(claim(16)).isEmpty();
        result(readDatabase.run(connection ->
                Sql.update(connection, "UPDATE embedding.queue SET next_at = next_at - interval '1 minute'")));
        assertThat(claim(16)).containsExactly("job_1");
    }

    @Test
    void aTextThatChangesWhileItIsEmbeddedIsClaimedAgainAtOnce() {
        result(embeddings.register("fake"));
        jobs.open("job_1", "A logo");
        var old = result(embeddings.claim("fake", 16));
        jobs.apply("job_1", new JobEvent.Edited(Jobs.details("Another logo"), Instant.now()));
        result(embeddings.store(
                "fake", List.of(new Embeddings.Vector("job_1", old.getFirst().hash(), new float[384]))));
        assertThat(index("fake")).isEmpty();
        assertThat(claim(16)).containsExactly("job_1");
    }

    @Test
    void retriesParkedTextsOnRequest() {
        result(embeddings.register("fake"));
        jobs.open("job_1", "Refused");
        var text = result(embeddings.claim("fake", 16)).getFirst();
        result(embeddings.park("fake", text, "too long"));
        assertThat(claim(16)).isEmpty();
        assertThat(waiting("fake")).isZero();
        assertThat(result(embeddings.retryParked())).isOne();
        assertThat(claim(16)).containsExactly("job_1");
    }

    @Test
    void nodesOfThePreviousVersionAddToTheQueue() {
        result(embeddings.register("fake"));
        jobs.open("job_1", "A logo");
        result(readDatabase.run(connection -> {
            Sql.update(connection, "DELETE FROM embedding.queue");
            Sql.update(
                    connection,
                    "INSERT INTO embedding.backlog (id, since, owner_id, turn) VALUES ('job_1', now(), 'acc_1', 0)");
        }));
        assertThat(claim(16)).containsExactly("job_1");
    }

    private List<String> claim(int limit) {
        return result(embeddings.claim("fake", limit)).stream()
                .map(Embeddings.Text::id)
                .toList();
    }

    private long waiting(String model) {
        return result(embeddings.waiting(model)).documents();
    }

    @Test
    void indexesSoon() {
        startNode(new FakeEmbedder("fake", 8));
        startNode(new FakeEmbedder("fake", 9));
        jobs.open("job_1", "A logo");
        assertThat(CompletableFuture.runAsync(() -> awaitIndexed("fake"))).succeedsWithin(Duration.ofSeconds(30));
    }
}
