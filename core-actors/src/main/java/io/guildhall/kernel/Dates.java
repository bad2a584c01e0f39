package io.guildhall.kernel;

import java.time.Instant;

/** When something was created, and when it last changed. */
public record Dates(Instant createdAt, Instant changedAt) {
    public static Dates createdAt(Instant at) {
        return new Dates(at, at);
    }

    public Dates changed(Instant at) {
        return new Dates(createdAt, at);
    }
}
