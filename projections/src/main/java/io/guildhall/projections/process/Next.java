package io.guildhall.projections.process;

import java.time.Duration;

/** Whether a row that was due is done with. */
public sealed interface Next {
    record Done() implements Next {}

    record Again(Duration pause) implements Next {}

    static Next done() {
        return new Done();
    }

    static Next again(Duration pause) {
        return new Again(pause);
    }
}
