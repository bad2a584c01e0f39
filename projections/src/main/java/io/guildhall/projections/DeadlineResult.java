package io.guildhall.projections;

import java.time.Duration;

/** Whether a deadline is removed, due again later, or tried a limited number of times. */
public sealed interface DeadlineResult {
    record Done() implements DeadlineResult {}

    record RetryAfter(Duration pause) implements DeadlineResult {}

    /**
     * The entity has rejected the command. It is sent again with backoff, since it may have been too early; after the last
     * try the deadline is parked.
     */
    record Rejected(String reason) implements DeadlineResult {}

    static DeadlineResult rejected(Object reason) {
        return new Rejected(reason.toString());
    }

    static DeadlineResult done() {
        return new Done();
    }

    static DeadlineResult retryAfter(Duration pause) {
        return new RetryAfter(pause);
    }
}
