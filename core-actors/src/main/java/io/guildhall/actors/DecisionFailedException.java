package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;

/** An aggregate failed on a command: a fault of ours. Nothing was recorded; its node's log says why. */
public final class DecisionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DecisionFailedException(String message) {
        super(message);
    }

    static String say(Aggregate<?, ?, ?, ?> aggregate, String id) {
        return aggregate.name() + " " + id + " could not decide; nothing was recorded";
    }
}
