package io.guildhall.ai.job.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import io.guildhall.port.Embeddings.Text;
import io.guildhall.port.Embeddings.Vector;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingWorkerTest {
    private static final int BATCH_MILLIS = 20;

    private final FakeQueue queue = new FakeQueue();
    private final FakeModel model = new FakeModel();
    private final AtomicBoolean requestsWait = new AtomicBoolean();
    private final EmbeddingWorker worker = new EmbeddingWorker(queue.port, model, _ -> {}, requestsWait::get);

    /** Returns documents in their order, and records their results. */
    private static final class FakeQueue {
        final ArrayDeque<Text> waiting = new ArrayDeque<>();
        final List<String> stored = new ArrayList<>();
        final List<String> parked = new ArrayList<>();
        final Embeddings port = (Embeddings) Proxy.newProxyInstance(
                Embeddings.class.getClassLoader(), new Class<?>[] {Embeddings.class}, (_, method, arguments) -> {
                    var parameters = arguments == null ? List.of() : Arrays.asList(arguments);
                    Object result = switch (method.getName()) {
                        case "claim" -> claim((Integer) parameters.get(1));
                        case "store" -> store((List<?>) parameters.get(1));
                        case "release" -> waiting.addAll(texts((List<?>) parameters.get(1)));
                        case "park" -> parked.add(((Text) parameters.get(1)).id() + ": " + parameters.get(2));
                        default -> true;
                    };
                    // The other methods return nothing.
                    return completedFuture(method.getName().equals("claim") ? result : null);
                });

        void add(String... contents) {
            for (var content : contents) waiting.add(new Text("job_" + (waiting.size() + 1), "hash", content));
        }

        private List<Text> claim(int limit) {
            return IntStream.range(0, Math.min(limit, waiting.size()))
                    .mapToObj(_ -> waiting.remove())
                    .toList();
        }

        private boolean store(List<?> vectors) {
            return vectors.stream().map(it -> ((Vector) it).id()).allMatch(stored::add);
        }

        private static List<Text> texts(List<?> list) {
            return list.stream().map(Text.class::cast).toList();
        }
    }

    private static final class FakeModel implements Embedder {
        final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        volatile String refused = "no text contains this";
        volatile boolean isAway;

        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            batches.add(texts.size());
            return new CompletableFuture<Result>()
                    .completeAsync(() -> result(texts), delayedExecutor(BATCH_MILLIS, TimeUnit.MILLISECONDS));
        }

        private Result result(List<String> texts) {
            if (isAway) return new Unavailable("away");
            int blank = texts.indexOf("");
            if (blank >= 0) return new InvalidInput(OptionalInt.of(blank), "blank");
            if (texts.stream().anyMatch(it -> it.contains(refused))) return new Rejected(400, "refused");
            return new Vectors(Collections.nCopies(texts.size(), new float[DIMENSION]));
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

    /** The pause is three times as long as the batch took, so that a worker uses at most a quarter of a processor. */
    @Test
    void leavesTheProcessorsToRequestsThatWait() throws Exception {
        queue.add("A boat", "A house");
        assertThat(worker.run()).isZero();
        queue.add("A boat");
        requestsWait.set(true);
        assertThat(worker.run()).isGreaterThanOrEqualTo(Duration.ofMillis(3 * BATCH_MILLIS));
        queue.add("A boat");
        requestsWait.set(false);
        assertThat(worker.run()).isZero();
    }

    @Test
    void pollsAnEmptyQueueAfterAPause() throws Exception {
        assertThat(worker.run()).isPositive();
        assertThat(model.batches).isEmpty();
    }

    /** A query waits for at most one text of a document, and the documents come in the order of the queue. */
    @Test
    void embedsSmallBatchesInTheOrderOfTheQueue() throws Exception {
        for (int i = 0; i < 40; i++) queue.add("Text " + i);
        var order = queue.waiting.stream().map(Text::id).toList();
        for (int i = 0; i < 3; i++) worker.run();
        assertThat(model.batches).containsExactly(16, 16, 8);
        assertThat(queue.stored).isEqualTo(order);
    }

    @Test
    void parksABlankTextAndEmbedsTheOthers() throws Exception {
        queue.add("A boat", "", "A house", "");
        worker.run();
        assertThat(queue.stored).containsExactly("job_1", "job_3");
        assertThat(queue.parked)
                .containsExactly(
                        "job_2: the text contains no letters, digits or symbols",
                        "job_4: the text contains no letters, digits or symbols");
    }

    @Test
    void parksARefusedTextAndEmbedsTheOthers() throws Exception {
        model.refused = "boat";
        queue.add("A house", "A boat", "A garden");
        worker.run();
        assertThat(queue.stored).containsExactly("job_1", "job_3");
        assertThat(queue.parked).singleElement().asString().startsWith("job_2: ");
    }

    @Test
    void returnsTheBatchToTheQueueWhileTheModelIsUnavailable() throws Exception {
        model.isAway = true;
        queue.add("A boat", "");
        for (int i = 0; i < 10; i++) assertThatThrownBy(worker::run).hasMessageContaining("away");
        assertThat(queue.waiting).hasSize(2);
        assertThat(queue.parked).isEmpty();
        model.isAway = false;
        worker.run();
        assertThat(queue.stored).containsExactly("job_1");
    }
}
