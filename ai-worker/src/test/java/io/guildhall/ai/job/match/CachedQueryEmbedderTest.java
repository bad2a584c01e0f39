package io.guildhall.ai.job.match;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder.QueryEmbedding;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedQueryEmbedderTest {
    private static final int FAILURES_TO_OPEN = 3;

    private final ActorSystem system = ActorSystem.create();
    private final FakeEmbedder model = new FakeEmbedder();

    @AfterEach
    void terminate() {
        system.terminate();
    }

    /** Counts its calls and returns the given result. */
    private static final class FakeEmbedder implements Embedder {
        final AtomicInteger calls = new AtomicInteger();
        volatile Result result = new Unavailable("away");
        /** The result of all calls, if it is set. */
        volatile @Nullable CompletableFuture<Result> pending;

        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            calls.incrementAndGet();
            var open = pending;
            return open == null ? completedFuture(result) : open;
        }

        void recover() {
            result = new Vectors(List.of(new float[DIMENSION]));
        }

        @Override
        public Model model() {
            return new Model("fake", DIMENSION);
        }

        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void close() {}
    }

    private CachedQueryEmbedder queries(Duration resetTimeout) {
        return queries(resetTimeout, Optional.of("fake"));
    }

    private CachedQueryEmbedder queries(Duration resetTimeout, Optional<String> currentModel) {
        var embeddings = (Embeddings) Proxy.newProxyInstance(
                Embeddings.class.getClassLoader(), new Class<?>[] {Embeddings.class}, (_, method, _) -> {
                    if (method.getName().equals("currentModel")) return completedFuture(currentModel);
                    throw new AssertionError("unexpected call: " + method.getName());
                });
        return new CachedQueryEmbedder(embeddings, model, system.scheduler(), resetTimeout);
    }

    @Test
    void stopsCallingAModelThatFailsAndSaysSo() {
        var queries = queries(Duration.ofHours(1));
        for (int i = 0; i < 10; i++)
            assertThat(result(queries.embed("text " + i))).isEqualTo(QueryEmbedding.DEGRADED);
        assertThat(model.calls).hasValue(FAILURES_TO_OPEN);
    }

    @Test
    void stopsCallingAModelThatRejectsItsKey() {
        var queries = queries(Duration.ofHours(1));
        model.result = new Embedder.Rejected(401, "wrong key");
        for (int i = 0; i < 10; i++)
            assertThat(result(queries.embed("text " + i))).isEqualTo(QueryEmbedding.DEGRADED);
        assertThat(model.calls).hasValue(FAILURES_TO_OPEN);
    }

    @Test
    void triesAgainAfterAPauseAndRecovers() {
        var queries = queries(Duration.ofMillis(50));
        for (int i = 0; i < FAILURES_TO_OPEN; i++) result(queries.embed("text"));
        model.recover();
        Await.until(() -> {
            var found = result(queries.embed("text"));
            assertThat(found.vector()).isPresent();
            assertThat(found.isDegraded()).isFalse();
        });
    }

    /** The others do not wait for it: they complete immediately. */
    @Test
    void aSingleTextIsTriedAfterThePause() {
        var queries = queries(Duration.ofMillis(50));
        for (int i = 0; i < FAILURES_TO_OPEN; i++) result(queries.embed("text"));
        model.pending = new CompletableFuture<>();
        var tried = new AtomicReference<CompletionStage<QueryEmbedding>>();
        Await.until(() -> {
            tried.set(queries.embed("text"));
            assertThat(model.calls).hasValue(FAILURES_TO_OPEN + 1);
        });
        for (int i = 0; i < 10; i++)
            assertThat(queries.embed("text").toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(QueryEmbedding.DEGRADED);
        assertThat(model.calls).hasValue(FAILURES_TO_OPEN + 1);
        assertThat(requireNonNull(tried.get()).toCompletableFuture()).isNotDone();
        // Its failure starts the pause again.
        requireNonNull(model.pending).complete(new Embedder.Unavailable("away"));
        assertThat(result(requireNonNull(tried.get()))).isEqualTo(QueryEmbedding.DEGRADED);
        model.pending = null;
        model.recover();
        Await.until(() -> assertThat(result(queries.embed("text")).vector()).isPresent());
        int calls = model.calls.get();
        result(queries.embed("another text"));
        assertThat(model.calls).hasValue(calls + 1);
    }

    @Test
    void aTextWithoutLettersIsNoFailureOfTheModel() {
        var queries = queries(Duration.ofHours(1));
        model.result = new Embedder.InvalidInput(OptionalInt.of(0), "blank");
        for (int i = 0; i < 10; i++)
            assertThat(result(queries.embed("... " + i))).isEqualTo(new QueryEmbedding(Optional.empty(), false));
        assertThat(model.calls).hasValue(10);
    }

    @Test
    void isDegradedUntilTheModelHasEmbeddedTheIndex() {
        model.recover();
        assertThat(result(queries(Duration.ofHours(1), Optional.empty()).embed("text")))
                .isEqualTo(QueryEmbedding.DEGRADED);
        assertThat(model.calls).hasValue(0);
    }

    @Test
    void aCachedTextNeedsNoModel() {
        var queries = queries(Duration.ofHours(1));
        model.recover();
        result(queries.embed("text"));
        model.result = new Embedder.Unavailable("away");
        for (int i = 0; i < 10; i++) result(queries.embed("other " + i));
        assertThat(result(queries.embed("text")).vector()).isPresent();
    }
}
