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
 * bge-small-en-v1.5, quantised, in this process: no key, no network. Loaded when it is asked (half a second, some 150 MB), and kept while
 * it is asked now and then. So many threads at work and no more; a query waits for at most one text of a document, not for the document's
 * batch. More work than it may keep waiting, or that it cannot get done in time, is unavailable.
 */
public final class LocalEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEmbedder.class);
    private static final int MAX_BATCH = 32;

    private final Settings settings;
    private final Model model;
    private final ThreadPoolExecutor threads;
    private final AtomicLong arrivals = new AtomicLong();
    /** Read while the model reads, written while it is released: its memory is not Java's to look after. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private final AtomicBoolean isWatched = new AtomicBoolean();
    private volatile long lastUsed;
    private @Nullable Encoder encoder;

    /**
     * @param threads that read texts; each is busy with one at a time
     * @param waiting texts that may wait for a thread
     * @param idle after so long without a text the model's memory is given back; the next text waits until it is loaded again
     */
    public record Settings(
            Pooling pooling, int threads, int waiting, Duration queryTime, Duration documentTime, Duration idle) {
        /** As it is used; for half of the machine, since entities and the database live there too. */
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
    public CompletionStage<Answer> embed(Purpose purpose, List<String> texts) {
        return switch (PreparedText.of(texts, MAX_BATCH)) {
            case PreparedText.Unfit(BadInput why) -> CompletableFuture.completedStage(why);
            case PreparedText.Ready(List<String> ready) -> read(purpose, ready);
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

    /** What waits is not read any more. */
    @Override
    public void close() {
        threads.shutdownNow().forEach(task -> ((EmbeddingRequest) task).vector().cancel(false));
        // The model's memory is not Java's: taken from under a thread that reads, it would end the process.
        if (ended()) release();
    }

    private CompletionStage<Answer> read(Purpose purpose, List<String> texts) {
        // Two that come at once may both get in: the bound is on memory, not on a promise.
        if (threads.getQueue().size() + texts.size() > settings.waiting())
            return CompletableFuture.completedStage(
                    new Unavailable("busy: " + threads.getQueue().size() + " texts wait already"));
        List<CompletableFuture<float[]>> vectors =
                texts.stream().map(text -> enqueue(purpose, text)).toList();
        return CompletableFuture.allOf(vectors.toArray(CompletableFuture[]::new))
                .orTimeout(time(purpose).toMillis(), TimeUnit.MILLISECONDS)
                // Elsewhere: whoever goes on from the answer does not hold up a thread of the model.
                .handleAsync((_, failure) -> {
                    if (failure == null) return answer(vectors);
                    vectors.forEach(each -> each.cancel(false));
                    return failure(failure);
                });
    }

    private CompletableFuture<float[]> enqueue(Purpose purpose, String text) {
        var vector = new CompletableFuture<float[]>();
        threads.execute(new EmbeddingRequest(purpose, arrivals.getAndIncrement(), () -> vector(text), vector));
        return vector;
    }

    private Duration time(Purpose purpose) {
        return switch (purpose) {
            case QUERY -> settings.queryTime();
            case DOCUMENT -> settings.documentTime();
        };
    }

    private static Answer answer(List<CompletableFuture<float[]>> read) {
        List<float[]> units = read.stream()
                .flatMap(vector -> UnitVectors.of(vector.join()).stream())
                .toList();
        if (units.size() < read.size()) return new Unavailable("the local model gave a vector without direction");
        int dimension = units.getFirst().length;
        return dimension == DIMENSION ? new Vectors(units) : new WrongDimension(DIMENSION, dimension);
    }

    private static Answer failure(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof CancellationException) return new Unavailable("the local model is closed");
        if (cause instanceof TimeoutException) return new Unavailable("the local model was not done in time");
        LOG.warn("The local model does not work", cause);
        return new Unavailable(
                "the local model does not work: " + cause.getClass().getSimpleName());
    }

    private boolean ended() {
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
            LOG.warn("The local model was not released", e);
        } finally {
            encoder = null;
            inUse.writeLock().unlock();
        }
    }

    private float[] vector(String text) throws IOException, OrtException {
        inUse.readLock().lock();
        try {
            Encoder model = encoder();
            List<String> parts = TextChunks.of(text);
            return TextChunks.mean(parts, parts.stream().map(model::vector).toList());
        } finally {
            lastUsed = System.nanoTime();
            inUse.readLock().unlock();
            watch(settings.idle());
        }
    }

    synchronized boolean isLoaded() {
        return encoder != null;
    }

    private void watch(Duration until) {
        if (isWatched.compareAndSet(false, true))
            CompletableFuture.delayedExecutor(until.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::releaseIfIdle);
    }

    private void releaseIfIdle() {
        isWatched.set(false);
        var left = settings.idle().minusNanos(System.nanoTime() - lastUsed);
        if (left.isPositive()) watch(left);
        else release();
    }

    /** Where loading failed, the next who asks tries again. */
    private synchronized Encoder encoder() throws IOException, OrtException {
        if (encoder == null) encoder = Encoder.load(settings.pooling());
        return encoder;
    }
}
