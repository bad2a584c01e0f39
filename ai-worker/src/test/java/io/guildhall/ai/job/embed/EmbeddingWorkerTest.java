package io.guildhall.ai.job.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EmbeddingWorkerTest {
    private static final int BATCH_MILLIS = 20;

    /** A queue that always has a document. */
    private static final Embeddings QUEUE = (Embeddings) Proxy.newProxyInstance(
            Embeddings.class.getClassLoader(),
            new Class<?>[] {Embeddings.class},
            (_, method, _) -> completedFuture(
                    method.getName().equals("claim") ? List.of(new Embeddings.Text("job_1", "hash", "A boat")) : null));

    private static final Embedder SLOW = new Embedder() {
        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            return supplyAsync(
                    () -> new Vectors(List.of(new float[DIMENSION])),
                    delayedExecutor(BATCH_MILLIS, TimeUnit.MILLISECONDS));
        }

        @Override
        public Model model() {
            return new Model("slow", DIMENSION);
        }

        @Override
        public int maxBatch() {
            return 16;
        }

        @Override
        public void close() {}
    };

    @Test
    void leavesTheProcessorsToRequestsThatWait() throws Exception {
        var areWaiting = new AtomicBoolean();
        var worker = new EmbeddingWorker(QUEUE, SLOW, _ -> {}, areWaiting::get);
        assertThat(worker.run()).isZero();
        areWaiting.set(true);
        assertThat(worker.run()).isGreaterThanOrEqualTo(Duration.ofMillis(3 * BATCH_MILLIS));
    }
}
