package io.guildhall.bench.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits, with a bound, for what follows by itself. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(30);

    private Eventually() {}

    /** @throws NoAnswer where there is nothing within the bound */
    public static <T> T get(String what, Duration bound, Supplier<Optional<T>> look) {
        long until = System.nanoTime() + bound.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) return found.get();
            if (System.nanoTime() > until)
                throw new NoAnswer("Waited " + bound.toSeconds() + " s in vain until " + what);
            pause(PAUSE);
        }
    }

    public static void holds(String what, Duration bound, Supplier<Boolean> condition) {
        get(what, bound, () -> condition.get() ? Optional.of(true) : Optional.empty());
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted while waiting", e);
        }
    }
}
