package io.guildhall.bench.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Polls until a condition holds, at most for a given time. */
public final class Await {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(30);

    private Await() {}

    /**
     * Polls until there is a value.
     *
     * @param condition what is awaited, for the error message, such as "node 1 is ready"
     * @throws NoResponseException if there is no value within the timeout
     */
    public static <T> T value(String condition, Duration timeout, Supplier<Optional<T>> poll) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<T> value = poll.get();
            if (value.isPresent()) return value.get();
            if (System.nanoTime() > deadline)
                throw new NoResponseException(
                        "Timed out after " + timeout.toSeconds() + " s waiting until " + condition);
            sleep(POLL_INTERVAL);
        }
    }

    /** @throws NoResponseException if the condition does not hold within the timeout */
    public static void until(String condition, Duration timeout, Supplier<Boolean> poll) {
        value(condition, timeout, () -> poll.get() ? Optional.of(true) : Optional.empty());
    }

    public static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoResponseException("Interrupted while waiting", e);
        }
    }
}
