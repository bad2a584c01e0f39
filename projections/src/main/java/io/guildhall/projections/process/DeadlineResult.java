package io.guildhall.projections.process;

import java.time.Duration;

/** Whether a row that was due is done with. */
public sealed interface DeadlineResult {
    record Done() implements DeadlineResult {}

    record Again(Duration pause) implements DeadlineResult {}

    static DeadlineResult done() {
        return new Done();
    }

    static DeadlineResult again(Duration pause) {
        return new Again(pause);
    }
}
