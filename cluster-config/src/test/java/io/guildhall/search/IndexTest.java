package io.guildhall.search;

import static io.guildhall.Await.answer;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.Await;
import io.guildhall.ai.job.embed.EmbeddingJob;
import io.guildhall.ai.port.Embedder;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlEmbeddings;
import io.guildhall.testing.TestDatabase;
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
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to documents and to the nodes that read them, the index ends as what is listed. */
class IndexTest {
    private static final String CLUSTER = """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster.roles = [ai]
            pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
            pekko.loglevel = WARNING
            """;

    private final HikariDataSource database = new HikariDataSource();
    private final ReadDatabase reading;
    private final SqlEmbeddings embeddings;
    private final List<ActorTestKit> nodes = new ArrayList<>();
    private final Jobs jobs = new Jobs();

    IndexTest() {
        database.setJdbcUrl(TestDatabase.freshUrl());
        database.setMaximumPoolSize(12);
        Migrations.run(database);
        reading = new ReadDatabase(database, 8);
        embeddings = new SqlEmbeddings(reading);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ActorTestKit::shutdownTestKit);
        database.close();
    }

    /** Reads a text as its length and first letter; slowly, with failures, and it counts what it was asked. */
    private static final class Toy implements Embedder {
        private final String name;
        private final Random chance;
        final AtomicInteger asked = new AtomicInteger();

        Toy(String name, long seed) {
            this.name = name;
            this.chance = new Random(seed);
        }

        @Override
        public CompletionStage<Answer> embed(Purpose purpose, List<String> texts) {
            asked.addAndGet(texts.size());
            int luck = chance.nextInt(10);
            if (luck == 0) return CompletableFuture.completedStage(new Unavailable("the toy is tired"));
            if (luck == 1) return CompletableFuture.failedStage(new IllegalStateException("the toy is broken"));
            Answer answer = new Vectors(texts.stream().map(this::vector).toList());
            return CompletableFuture.supplyAsync(
                    () -> answer, CompletableFuture.delayedExecutor(chance.nextInt(20), TimeUnit.MILLISECONDS));
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

    /** Random lives of jobs, told to the view as the followers do. */
    private final class Jobs {
        private final SearchView view = new SearchView();
        private final Map<String, Long> numbers = new ConcurrentHashMap<>();

        void tell(String id, JobEvent event) {
            var recorded = new Recorded<JobEvent>(
                    id, numbers.merge(id, 1L, Long::sum), event, Instant.now(), io.guildhall.kernel.Correlation.NONE);
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                for (var on : view.follows()) if (on.aggregate().name().equals("job")) apply(on, connection, recorded);
                connection.commit();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        private static <E> void apply(
                io.guildhall.projections.View.On<E> on, java.sql.Connection connection, Recorded<JobEvent> recorded)
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
            tell(id, new JobEvent.Posted("acc_1", details(title), Instant.now()));
            tell(id, new JobEvent.Published(Instant.now()));
        }

        static JobDetails details(String title) {
            return aJob().titled(title).described("Of a guild").requiring("svg").build();
        }
    }

    private ActorTestKit node(Embedder embedder) {
        var kit = ActorTestKit.create(
                "index" + nodes.size(),
                ConfigFactory.parseString(CLUSTER)
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
        var cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        nodes.add(kit);
        EmbeddingJob.run(kit.system(), embeddings, embedder, _ -> {});
        return kit;
    }

    private Map<String, String> truth() {
        return pairs("SELECT id, content_hash FROM search_document WHERE listed");
    }

    private Map<String, String> index(String model) {
        return pairs("SELECT id, content_hash FROM embedding.vector WHERE model = '" + model + "'");
    }

    private Map<String, String> pairs(String sql) {
        return answer(reading.query(connection -> {
            var found = new TreeMap<String, String>();
            for (var row : Sql.list(connection, sql, row -> Map.entry(row.getString(1), row.getString(2))))
                found.put(row.getKey(), row.getValue());
            return found;
        }));
    }

    private void awaitRead(String model) {
        Await.until(() -> {
            assertThat(answer(embeddings.pendingCount())).isZero();
            assertThat(index(model)).isEqualTo(truth());
        });
    }

    @Test
    void randomLivesAndKilledReadersLeaveTheIndexAsTheTruthIs() {
        var chance = new Random(20261124);
        var toy = new Toy("toy", 1);
        var first = node(toy);
        for (int i = 0; i < 60; i++) jobs.open("job_" + i, "Job " + i);
        for (int i = 0; i < 600; i++) {
            var id = "job_" + chance.nextInt(60);
            jobs.tell(id, happens(chance, i));
            if (i == 200) first.shutdownTestKit();
            if (i == 300) node(toy);
        }
        awaitRead("toy");
        assertThat(truth()).isNotEmpty().hasSizeLessThan(60);
    }

    private static JobEvent happens(Random chance, int i) {
        return switch (chance.nextInt(4)) {
            case 0 -> new JobEvent.Closed("x", List.of(), Instant.now());
            case 1 -> new JobEvent.Published(Instant.now());
            case 2 -> new JobEvent.FillingStarted("p", 1, "ctr", "acc_1", "t", Instant.now());
            default -> new JobEvent.Edited(Jobs.details("Job, edit " + i), Instant.now());
        };
    }

    @Test
    void whatReadsTheSameIsNotReadAgain() {
        var toy = new Toy("toy", 3);
        node(toy);
        jobs.open("job_1", "A logo");
        awaitRead("toy");
        Await.until(() -> assertThat(answer(embeddings.currentModel())).contains("toy"));
        int asked = toy.asked.get();
        jobs.tell("job_1", new JobEvent.Edited(Jobs.details("A logo"), Instant.now()));
        awaitRead("toy");
        assertThat(toy.asked.get()).isEqualTo(asked);
        jobs.tell("job_1", new JobEvent.Edited(Jobs.details("Another logo"), Instant.now()));
        awaitRead("toy");
        assertThat(toy.asked.get()).isGreaterThan(asked);
    }

    @Test
    void anotherModelReadsEverythingWhileTheFirstServes() {
        var first = node(new Toy("toy", 5));
        IntStream.range(0, 40).forEach(i -> jobs.open("job_" + i, "Job " + i));
        awaitRead("toy");
        Await.until(() -> assertThat(answer(embeddings.currentModel())).isEqualTo(Optional.of("toy")));
        first.shutdownTestKit();
        answer(embeddings.register("better"));
        assertThat(answer(embeddings.currentModel())).contains("toy");
        assertThat(answer(embeddings.pendingCount())).isEqualTo(40);
        assertThat(index("toy")).hasSize(40);
        node(new Toy("better", 6));
        awaitRead("better");
        Await.until(() -> assertThat(answer(embeddings.currentModel())).contains("better"));
        assertThat(index("toy")).isEmpty();
    }

    @Test
    void whatIsReadIsThereSoon() {
        node(new Toy("toy", 8));
        jobs.open("job_1", "A logo");
        assertThat(CompletableFuture.runAsync(() -> awaitRead("toy"))).succeedsWithin(Duration.ofSeconds(30));
    }
}
