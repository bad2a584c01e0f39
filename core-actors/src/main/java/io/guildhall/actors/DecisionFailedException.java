package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;

/**
 * An aggregate threw an exception on a command, which is a bug. Nothing was recorded; the log of its node has the
 * cause.
 */
public final class DecisionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DecisionFailedException(String message) {
        super(message);
    }

    static String message(Aggregate<?, ?, ?, ?> aggregate, String id) {
        return aggregate.name() + " " + id + " could not decide; nothing was recorded";
    }
}
