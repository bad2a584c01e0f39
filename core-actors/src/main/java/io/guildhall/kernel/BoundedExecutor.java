package io.guildhall.kernel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking calls on virtual threads: so many at once, so long a wait for a place, so long a wait for the answer. A call that
 * has run out of time is not interrupted: it may still take effect, so whoever asked knows only that nothing is known.
 */
public final class BoundedExecutor {
    private final String name;
    private final Semaphore places;
    private final Duration waiting;
    private final Duration answering;

    public BoundedExecutor(String name, int places, Duration waiting, Duration answering) {
        this.name = name;
        this.places = new Semaphore(places);
        this.waiting = waiting;
        this.answering = answering;
    }

    /** Fails with a TimeoutException where there was no place or no answer in time, else as the call did. */
    public <T> CompletionStage<T> call(Callable<T> blocking) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name(name).start(() -> answer(answer, blocking));
        return answer.orTimeout(waiting.plus(answering).toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> void answer(CompletableFuture<T> answer, Callable<T> blocking) {
        try {
            if (!places.tryAcquire(waiting.toMillis(), TimeUnit.MILLISECONDS))
                throw new TimeoutException(name + ": no place within " + waiting + ", not asked");
            try {
                answer.complete(blocking.call());
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        } catch (Exception | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
