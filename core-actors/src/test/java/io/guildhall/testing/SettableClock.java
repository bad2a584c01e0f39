package io.guildhall.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test sets. It starts at the current time, in whole milliseconds. */
public final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Override
    public Instant instant() {
        return requireNonNull(now.get());
    }

    public void pass(Duration duration) {
        now.updateAndGet(it -> it.plus(duration));
    }
}
