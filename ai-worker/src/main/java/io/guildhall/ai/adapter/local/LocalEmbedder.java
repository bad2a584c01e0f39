package io.guildhall.ai.adapter.local;

import ai.onnxruntime.OrtException;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.PreparedText;
import io.guildhall.ai.port.UnitVectors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the quantised model bge-small-en-v1.5 in this process, without a key or network. The model is loaded on first
 * use (half a second, about 150 MB) and released when it is idle. A fixed number of threads encode texts; a query waits
 * for at most one text of a document, not for a whole batch. If the queue is full or a timeout expires, the result is
 * {@link Unavailable}.
 */
public final class LocalEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEmbedder.class);
    private static final int MAX_BATCH = 32;

    private final Settings settings;
    private final Model model;
    private final ThreadPoolExecutor threads;
    private final AtomicLong sequence = new AtomicLong();
    /** Held for reading while the model is used, and for writing while its native memory is released. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private final AtomicBoolean isIdleCheckScheduled = new AtomicBoolean();
    private volatile long lastUsed;
    private @Nullable Encoder encoder;

    /**
     * @param threads number of texts that are encoded at the same time
     * @param maxQueued maximum number of texts that wait for a thread
     * @param idleTimeout time without a text after which the model is released; the next text loads it again
     */
    public record Settings(
            Pooling pooling,
            int threads,
            int maxQueued,
            Duration queryTimeout,
            Duration documentTimeout,
            Duration idleTimeout) {
        /** Uses half of the cores, because entities and the database run on the same machine. */
        public static Settings standard() {
            int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            return new Settings(
                    Pooling.MEAN, half, 1_024, Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(1));
        }
    }

    public LocalEmbedder(Settings settings) {
        this.settings = settings;
        this.model =
                new Model("bge-small-en-v1.5-q/" + settings.pooling().name().toLowerCase(Locale.ROOT), DIMENSION);
        this.threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("embed-", 1).factory(),
                (task, _) -> ((EmbeddingRequest) task).vector().cancel(false));
    }

    @Override
    public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
        return switch (PreparedText.prepare(texts, MAX_BATCH)) {
            case PreparedText.Invalid(InvalidInput failure) -> CompletableFuture.completedStage(failure);
            case PreparedText.Ready(List<String> ready) -> encode(purpose, ready);
        };
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    /** Cancels all waiting texts. */
    @Override
    public void close() {
        threads.shutdownNow().forEach(task -> ((EmbeddingRequest) task).vector().cancel(false));
        // To release native memory that a thread still uses would crash the process.
        if (awaitThreads()) release();
    }

    private CompletionStage<Result> encode(Purpose purpose, List<String> texts) {
        // Concurrent calls can exceed the bound slightly. It limits memory and need not be exact.
        if (threads.getQueue().size() + texts.size() > settings.maxQueued())
            return CompletableFuture.completedStage(
                    new Unavailable("busy: " + threads.getQueue().size() + " texts are waiting"));
        List<CompletableFuture<float[]>> vectors =
                texts.stream().map(text -> enqueue(purpose, text)).toList();
        return CompletableFuture.allOf(vectors.toArray(CompletableFuture[]::new))
                .orTimeout(timeout(purpose).toMillis(), TimeUnit.MILLISECONDS)
                // On another thread, so that callbacks of the caller do not block a thread of the model.
                .handleAsync((_, failure) -> {
                    if (failure == null) return result(vectors);
                    vectors.forEach(each -> each.cancel(false));
                    return failure(failure);
                });
    }

    private CompletableFuture<float[]> enqueue(Purpose purpose, String text) {
        var vector = new CompletableFuture<float[]>();
        threads.execute(new EmbeddingRequest(purpose, sequence.getAndIncrement(), () -> encodeChunks(text), vector));
        return vector;
    }

    private Duration timeout(Purpose purpose) {
        return switch (purpose) {
            case QUERY -> settings.queryTimeout();
            case TAXONOMY, DOCUMENT -> settings.documentTimeout();
        };
    }

    private static Result result(List<CompletableFuture<float[]>> vectors) {
        List<float[]> units = vectors.stream()
                .flatMap(vector -> UnitVectors.normalise(vector.join()).stream())
                .toList();
        if (units.size() < vectors.size()) return new Unavailable("the local model returned a vector of zeros");
        int dimension = units.getFirst().length;
        return dimension == DIMENSION ? new Vectors(units) : new WrongDimension(DIMENSION, dimension);
    }

    private Result failure(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof CancellationException || threads.isShutdown())
            return new Unavailable("the local model is closed");
        if (cause instanceof TimeoutException)
            return new Unavailable("the local model did not finish before the timeout");
        LOG.warn("The local model failed", cause);
        return new Unavailable("the local model failed: " + cause.getClass().getSimpleName());
    }

    private boolean awaitThreads() {
        try {
            return threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void release() {
        inUse.writeLock().lock();
        try {
            if (encoder != null) encoder.close();
        } catch (OrtException e) {
            LOG.warn("The local model could not be released", e);
        } finally {
            encoder = null;
            inUse.writeLock().unlock();
        }
    }

    private float[] encodeChunks(String text) throws IOException, OrtException {
        inUse.readLock().lock();
        try {
            Encoder model = encoder();
            List<String> chunks = TextChunks.split(text);
            return TextChunks.weightedSum(
                    chunks, chunks.stream().map(model::encode).toList());
        } finally {
            lastUsed = System.nanoTime();
            inUse.readLock().unlock();
            scheduleIdleCheck(settings.idleTimeout());
        }
    }

    synchronized boolean isLoaded() {
        return encoder != null;
    }

    private void scheduleIdleCheck(Duration delay) {
        if (isIdleCheckScheduled.compareAndSet(false, true))
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::releaseIfIdle);
    }

    private void releaseIfIdle() {
        isIdleCheckScheduled.set(false);
        var remaining = settings.idleTimeout().minusNanos(System.nanoTime() - lastUsed);
        if (remaining.isPositive()) scheduleIdleCheck(remaining);
        else release();
    }

    /** Loads the model if necessary. If that fails, the next call tries again. */
    private synchronized Encoder encoder() throws IOException, OrtException {
        if (encoder == null) encoder = Encoder.load(settings.pooling());
        return encoder;
    }
}
