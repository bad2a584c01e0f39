package io.guildhall.projections;

import java.time.Duration;

/** Whether a deadline is removed, or due again later. */
public sealed interface DeadlineResult {
    record Done() implements DeadlineResult {}

    record RetryAfter(Duration pause) implements DeadlineResult {}

    static DeadlineResult done() {
        return new Done();
    }

    static DeadlineResult retryAfter(Duration pause) {
        return new RetryAfter(pause);
    }
}
