package io.guildhall.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs calls in batches, one batch at a time: the calls that arrive while a batch runs become the next one. Under load,
 * many calls share the cost of a batch; without load, a call does not wait. A batch runs on a thread of this executor and
 * can block; the thread ends when there is nothing to do.
 *
 * @param <T> what a call is about
 * @param <R> the result of one call
 */
public final class BatchExecutor<T, R> {
    /** Executes a batch. */
    @FunctionalInterface
    public interface Batch<T, R> {
        /** Returns a result for each item, in the same order. If it throws, each call of the batch fails. */
        List<R> run(List<T> items) throws Exception;
    }

    /** @param isAwaited whether a caller waits for the result */
    private record Waiting<T, R>(T item, boolean isAwaited, CompletableFuture<R> result) {}

    /** The longest delay before a call without a waiting caller runs. */
    private static final Duration LINGER = Duration.ofMillis(20);

    private static final int THREAD_IDLE_SECONDS = 10;

    private final String name;
    private final int maxBatch;
    private final Duration timeout;
    private final Batch<T, R> batch;
    private final BlockingQueue<Waiting<T, R>> queue;
    private final AtomicInteger awaited = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean startPlanned = new AtomicBoolean();
    private final Executor thread;

    /**
     * @param maxWaiting how many calls can wait for their batch
     * @param timeout for one call, with the wait for its batch. The batch itself must end on its own: it is not
     *     interrupted
     */
    public BatchExecutor(String name, int maxBatch, int maxWaiting, Duration timeout, Batch<T, R> batch) {
        this.name = name;
        this.maxBatch = maxBatch;
        this.timeout = timeout;
        this.batch = batch;
        this.queue = new LinkedBlockingQueue<>(maxWaiting);
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                // A platform thread: waiting for a socket costs it less than a virtual one.
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Returns the result of the call. Fails with a TimeoutException if too many calls wait, or there is no result in
     * time; else as the batch does.
     */
    public CompletionStage<R> call(T item) {
        return enqueue(item, true).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Like {@link #call}, for a result without a waiting caller: runs with the batch of other calls, with a full batch,
     * or after a while. Has no timeout.
     */
    public CompletionStage<R> callLater(T item) {
        return enqueue(item, false);
    }

    /** Returns the result of the call, which fails if the queue is full. */
    private CompletableFuture<R> enqueue(T item, boolean isAwaited) {
        var result = new CompletableFuture<R>();
        if (!queue.offer(new Waiting<>(item, isAwaited, result))) {
            result.completeExceptionally(new TimeoutException(name + ": too many calls wait; the call was not made"));
            return result;
        }
        if (isAwaited) awaited.incrementAndGet();
        start();
        return result;
    }

    /** Starts what is due, and plans the start of what can wait. */
    private void start() {
        if (isDue()) {
            if (running.compareAndSet(false, true)) thread.execute(this::runAll);
        } else if (!queue.isEmpty() && startPlanned.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS, thread)
                    .execute(() -> {
                        startPlanned.set(false);
                        if (running.compareAndSet(false, true)) runAll();
                    });
        }
    }

    private boolean isDue() {
        return awaited.get() > 0 || queue.size() >= maxBatch;
    }

    private void runAll() {
        try {
            do run(next());
            while (isDue());
        } finally {
            running.set(false);
            // A call can have arrived after the last look at the queue.
            start();
        }
    }

    /** Returns the next batch, without calls that have timed out. */
    private List<Waiting<T, R>> next() {
        var next = new ArrayList<Waiting<T, R>>();
        while (next.isEmpty() && queue.drainTo(next, maxBatch) > 0) {
            awaited.addAndGet(-(int) next.stream().filter(Waiting::isAwaited).count());
            next.removeIf(it -> it.result().isDone());
        }
        return next;
    }

    /** Completes on another thread, so that dependent stages do not delay the next batch. */
    private void run(List<Waiting<T, R>> calls) {
        if (calls.isEmpty()) return;
        try {
            var results = batch.run(calls.stream().map(Waiting::item).toList());
            Thread.ofVirtual().name(name + "-results").start(() -> {
                for (int i = 0; i < calls.size(); i++) calls.get(i).result().complete(results.get(i));
            });
        } catch (Throwable e) {
            for (var call : calls) call.result().completeExceptionally(e);
        }
    }
}
