package io.guildhall.ai.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Unavailable;
import io.guildhall.ai.port.EmbedderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalEmbedderTest implements EmbedderContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<String> LONG_TEXTS = Collections.nCopies(32, "piano lessons for children ".repeat(60));
    private static LocalEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = with(Pooling.MEAN, 1_024, MINUTE);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Override
    public Embedder embedder() {
        return embedder;
    }

    /** Although the model itself ignores it. */
    @Test
    void endOfALongTextCounts() {
        String pages = "piano lessons for children ".repeat(200);
        float[] piano = vector(pages);
        float[] both = vector(pages + "I repair water pipes. ".repeat(80));
        assertThat(EmbedderContract.similarity(piano, both)).isBetween(0.7, 0.99);
        assertThat(EmbedderContract.similarity(vector(PLUMBER), both))
                .isGreaterThan(EmbedderContract.similarity(vector(PLUMBER), piano) + 0.05);
    }

    @Test
    void idleModelIsReleasedAndLoadedAgain() {
        var settings = new LocalEmbedder.Settings(Pooling.MEAN, 1, 8, MINUTE, MINUTE, Duration.ofMillis(50));
        try (LocalEmbedder idle = new LocalEmbedder(settings)) {
            for (int i = 0; i < 2; i++) {
                Result result = result(idle.embed(Purpose.QUERY, List.of(PIANO)).toCompletableFuture());
                assertThat(EmbedderContract.vectors(result).getFirst()).isEqualTo(vector(PIANO));
                Await.until(() -> assertThat(idle.isLoaded()).isFalse());
            }
        }
    }

    /**
     * Also counts the threads of the model's native library: a native thread has the name of the one that created it.
     */
    @Test
    void usesAtMostHalfOfTheProcessors() {
        try (LocalEmbedder standard = new LocalEmbedder(LocalEmbedder.Settings.standard())) {
            long others = modelThreads();
            List<CompletableFuture<Result>> documents = Stream.generate(
                            () -> standard.embed(Purpose.DOCUMENT, LONG_TEXTS).toCompletableFuture())
                    .limit(4)
                    .toList();
            Await.until(() -> assertThat(standard.isLoaded()).isTrue());
            result(standard.embed(Purpose.QUERY, List.of(PIANO)).toCompletableFuture());
            assertThat(modelThreads() - others)
                    .isPositive()
                    .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
            documents.forEach(it -> it.cancel(false));
        }
    }

    private static long modelThreads() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(it -> name(it).startsWith("embed-")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if the thread has ended in the meantime. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void otherPoolingIsAnotherModel() {
        try (LocalEmbedder cls = with(Pooling.CLS, 1_024, MINUTE)) {
            assertThat(cls.model()).isNotEqualTo(embedder.model());
            Result result = result(cls.embed(Purpose.QUERY, List.of(PLUMBER)).toCompletableFuture());
            assertThat(EmbedderContract.vectors(result).getFirst()).isNotEqualTo(vector(PLUMBER));
        }
    }

    @Test
    void queriesHavePriorityOverDocuments() {
        List<CompletableFuture<Result>> documents = Stream.generate(() -> embedder.embed(Purpose.DOCUMENT, LONG_TEXTS))
                .limit(4)
                .map(stage -> stage.toCompletableFuture())
                .toList();
        CompletableFuture<Result> query =
                embedder.embed(Purpose.QUERY, List.of(PIANO)).toCompletableFuture();
        EmbedderContract.vectors(result(query));
        assertThat(documents).noneMatch(CompletableFuture::isDone);
        documents.forEach(each -> EmbedderContract.vectors(result(each)));
    }

    @Test
    void fullQueueIsUnavailable() {
        try (LocalEmbedder small = with(Pooling.MEAN, 40, MINUTE)) {
            CompletableFuture<Result> first =
                    small.embed(Purpose.DOCUMENT, LONG_TEXTS).toCompletableFuture();
            assertThat(result(small.embed(Purpose.DOCUMENT, LONG_TEXTS).toCompletableFuture()))
                    .isInstanceOfSatisfying(
                            Unavailable.class, busy -> assertThat(busy.reason()).startsWith("busy"));
            EmbedderContract.vectors(result(first));
        }
    }

    @Test
    void timeoutIsUnavailable() {
        try (LocalEmbedder impatient = with(Pooling.MEAN, 1_024, Duration.ofMillis(1))) {
            assertThat(result(impatient.embed(Purpose.DOCUMENT, LONG_TEXTS).toCompletableFuture()))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void closedModelIsUnavailable() {
        List<CompletableFuture<Result>> results = new ArrayList<>();
        LocalEmbedder closed = with(Pooling.MEAN, 1_024, MINUTE);
        results.add(closed.embed(Purpose.DOCUMENT, LONG_TEXTS).toCompletableFuture());
        closed.close();
        results.add(closed.embed(Purpose.QUERY, List.of(PIANO)).toCompletableFuture());
        assertThat(results)
                .allSatisfy(each -> assertThat(result(each)).isEqualTo(new Unavailable("the local model is closed")));
    }

    private static LocalEmbedder with(Pooling pooling, int maxQueued, Duration timeout) {
        return new LocalEmbedder(new LocalEmbedder.Settings(pooling, 1, maxQueued, timeout, timeout, MINUTE));
    }

    private static Result result(CompletableFuture<Result> stage) {
        return stage.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
