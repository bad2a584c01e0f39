package io.guildhall.ai.job.match;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.spelling.Spelling;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.QueryEmbedder.QueryEmbedding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ModelQueryInterpreterTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();
    private static final Spelling SPELLING = Spelling.create(TAXONOMY);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits for the latch, and records the thread that uses the value. */
    private <T> Supplier<T> recorded(T value) {
        return () -> {
            threads.add(Thread.currentThread());
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return value;
        };
    }

    /** Callers are actors and routes, which run on the default dispatcher. */
    @Test
    void correctsTheSpellingAndLooksUpSkillsOnOtherThreadsThanTheCallers() {
        var interpreter = new ModelQueryInterpreter(
                recorded(TAXONOMY), recorded(SPELLING), _ -> completedFuture(QueryEmbedding.DEGRADED));
        var interpretation = interpreter.interpret("javascirpt").toCompletableFuture();
        assertThat(interpretation).as("the caller does not wait").isNotDone();
        released.countDown();
        assertThat(result(interpretation).text()).isEqualTo("javascript");
        assertThat(result(interpretation).skills()).isNotEmpty();
        assertThat(threads)
                .hasSize(2)
                .allMatch(Thread::isVirtual)
                .allMatch(it -> it.getName().equals("search-text"));
    }
}
