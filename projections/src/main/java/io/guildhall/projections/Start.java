package io.guildhall.projections;

import java.time.Instant;

/** Where a follower starts to read the events of an aggregate that it has not followed before. */
public sealed interface Start {
    /** At the first event in the journal. */
    record Beginning() implements Start {}

    /** At the first event that is written after the follower has been started for the first time. */
    record Now() implements Start {}

    /**
     * At the first event that was written at this time or later. If there is none yet when the follower is started for the
     * first time, at the next event.
     */
    record At(Instant time) implements Start {}

    static Start beginning() {
        return new Beginning();
    }

    static Start now() {
        return new Now();
    }

    static Start at(Instant time) {
        return new At(time);
    }
}
