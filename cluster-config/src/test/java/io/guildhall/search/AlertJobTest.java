package io.guildhall.search;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.guildhall.Await;
import io.guildhall.ai.job.alert.AlertDependencies;
import io.guildhall.ai.job.alert.AlertJob;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Batch;
import io.guildhall.port.Alerts.EmbeddedSearch;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.Alerts.PendingSearch;
import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.port.Skills;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestLoops;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every match is sent in the end, although calls fail at random and a node dies. */
class AlertJobTest {
    private static final String CLUSTER = """
            pekko.cluster.roles = [ai]
            pekko.loglevel = ERROR
            """;
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

    private final List<ActorTestKit> nodes = new ArrayList<>();
    private final Set<String> sent = new ConcurrentSkipListSet<>();
    private final Random random = new Random(5);
    private final FakeAlerts alerts = new FakeAlerts();

    @AfterEach
    void stop() {
        nodes.forEach(ActorTestKit::shutdownTestKit);
    }

    private synchronized boolean failsAtRandom(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** Tables in memory. Every document matches every search that has been embedded. */
    private final class FakeAlerts implements Alerts {
        final Set<String> pending = new TreeSet<>();
        final Map<String, EmbeddedSearch> embedded = new LinkedHashMap<>();
        final Set<String> fresh = new TreeSet<>();
        final Set<String> waiting = new TreeSet<>();
        final Set<String> all = new TreeSet<>();

        synchronized void save(String search) {
            pending.add(search);
        }

        synchronized void list(String document) {
            waiting.add(document);
            all.add(document);
        }

        synchronized boolean isDone() {
            return pending.isEmpty() && fresh.isEmpty() && waiting.isEmpty();
        }

        synchronized Optional<float[]> vector(String searchId) {
            return requireNonNull(embedded.get(searchId)).vector();
        }

        private <T> CompletionStage<T> orFail(@Nullable T answer) {
            return failsAtRandom(30)
                    ? failedFuture(new IllegalStateException("the database is unavailable"))
                    : completedFuture(answer);
        }

        @Override
        public CompletionStage<Void> register(String model) {
            return orFail(null);
        }

        @Override
        public synchronized CompletionStage<List<PendingSearch>> pendingSearches(int limit) {
            return orFail(pending.stream()
                    .limit(limit)
                    .map(it -> new PendingSearch(it, AT, it.endsWith("0") ? "" : it, List.of("svg")))
                    .toList());
        }

        @Override
        public synchronized CompletionStage<Void> storeSearches(String model, List<EmbeddedSearch> all) {
            for (var it : all) {
                pending.remove(it.search().searchId());
                embedded.put(it.search().searchId(), it);
                fresh.add(it.search().searchId());
            }
            return orFail(null);
        }

        @Override
        public synchronized CompletionStage<Optional<Batch>> nextBatch(String model, int limit) {
            if (!fresh.isEmpty()) return orFail(Optional.of(new Batch.Searches(limited(fresh, limit))));
            return orFail(
                    waiting.isEmpty() ? Optional.empty() : Optional.of(new Batch.Documents(limited(waiting, limit))));
        }

        private static List<String> limited(Set<String> ids, int limit) {
            return ids.stream().limit(limit).toList();
        }

        @Override
        public synchronized CompletionStage<List<Match>> matches(
                String model, Batch batch, Optional<Match> after, int limit) {
            var documents = batch instanceof Batch.Documents ? batch.ids() : List.copyOf(all);
            var searches = batch instanceof Batch.Searches ? batch.ids() : List.copyOf(embedded.keySet());
            return orFail(documents.stream()
                    .sorted()
                    .flatMap(document -> searches.stream()
                            .sorted()
                            .map(search -> new Match("acc_1", search, document, "Title", "acc_2", AT)))
                    .filter(it -> after.isEmpty() || key(it).compareTo(key(after.get())) > 0)
                    .limit(limit)
                    .toList());
        }

        @Override
        public synchronized CompletionStage<Void> markCompared(Batch batch) {
            switch (batch) {
                case Batch.Documents it -> it.ids().forEach(waiting::remove);
                case Batch.Searches it -> it.ids().forEach(fresh::remove);
            }
            return orFail(null);
        }
    }

    private static String key(Match it) {
        return it.documentId() + " " + it.searchId();
    }

    private final class FakeEmbedder implements Embedder {
        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            if (failsAtRandom(40)) return completedFuture(new Unavailable("overloaded"));
            if (texts.getFirst().endsWith("poison")) return completedFuture(new Rejected(400, "refused"));
            if (texts.getFirst().endsWith("3"))
                return completedFuture(new InvalidInput(OptionalInt.of(0), "empty text"));
            return completedFuture(
                    new Vectors(List.of(new float[] {texts.getFirst().length()})));
        }

        @Override
        public Model model() {
            return new Model("fake", DIMENSION);
        }

        @Override
        public int maxBatch() {
            return 32;
        }

        @Override
        public void close() {}
    }

    private static final class FakeSkills implements Skills {
        @Override
        public Optional<String> canonicalName(String free) {
            return Optional.empty();
        }

        @Override
        public List<String> suggestions(String free) {
            return List.of();
        }

        @Override
        public Set<String> spellings(String free) {
            return Set.of(free, free + "s");
        }

        @Override
        public List<SkillCategory> categories() {
            return List.of();
        }

        @Override
        public List<KnownSkill> startingWith(String text, int max) {
            return List.of();
        }

        @Override
        public Coverage coverage(Collection<String> wanted, Collection<String> offered) {
            return new Coverage(List.of(), List.of(), List.of());
        }
    }

    private CompletionStage<?> send(Match match) {
        if (failsAtRandom(5_000)) return failedFuture(new IllegalStateException("the entity is unavailable"));
        sent.add(key(match));
        return completedFuture(null);
    }

    private ActorTestKit startNode() {
        var kit = ActorTestKit.create(
                "alerts" + nodes.size(),
                ConfigFactory.parseString(CLUSTER)
                        .withFallback(TestCluster.SETTINGS)
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
        TestCluster.form(kit.system());
        nodes.add(kit);
        AlertJob.start(
                kit.system(),
                TestLoops.create(),
                new AlertDependencies(
                        alerts,
                        new FakeEmbedder(),
                        text -> completedFuture(new Interpretation(
                                "meant " + text, true, List.of(), List.of(), Optional.empty(), false)),
                        new FakeSkills(),
                        this::send));
        return kit;
    }

    @Test
    void sendsEveryMatchDespiteFailuresAndANodeThatDies() {
        IntStream.range(0, 40).forEach(i -> alerts.save("srch_" + i));
        var first = startNode();
        IntStream.range(0, 30).forEach(i -> alerts.list("job_" + i));
        Await.until(() -> assertThat(sent).hasSizeGreaterThan(50));
        first.shutdownTestKit();
        IntStream.range(30, 60).forEach(i -> alerts.list("job_" + i));
        IntStream.range(40, 50).forEach(i -> alerts.save("srch_" + i));
        startNode();
        Await.until(() -> assertThat(alerts.isDone()).isTrue());
        assertThat(sent).hasSize(50 * 60);
    }

    @Test
    void searchThatCannotBeEmbeddedDelaysNoOther() {
        for (var id : List.of("srch_poison", "srch_7", "srch_10")) alerts.save(id);
        startNode();
        alerts.list("job_1");
        Await.until(() -> assertThat(sent).containsExactly("job_1 srch_10", "job_1 srch_7"));
    }

    @Test
    void interpretsSavedSearchesLikeSearches() {
        for (var id : List.of("srch_10", "srch_3", "srch_7")) alerts.save(id);
        startNode();
        Await.until(() -> assertThat(alerts.isDone()).isTrue());
        // An empty text, a text that cannot be embedded, and the interpreted text.
        assertThat(alerts.vector("srch_10")).isEmpty();
        assertThat(alerts.vector("srch_3")).isEmpty();
        assertThat(alerts.vector("srch_7").orElseThrow()).containsExactly("meant srch_7".length());
        assertThat(alerts.embedded.values())
                .allSatisfy(it -> assertThat(it.skills()).containsExactly(Set.of("svg", "svgs")));
    }
}
