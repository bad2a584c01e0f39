package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The entity did not reply in time, or its reply has a form that this version cannot read. The command may have been
 * executed, or may still be. It can be repeated.
 */
public final class UnknownOutcomeException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Aggregate<?, ?, ?, ?> aggregate, String id, Duration timeout, Throwable cause) {
        super(aggregate.name() + " " + id + " did not reply within " + timeout);
        initCause(cause);
    }

    private UnknownOutcomeException(String message) {
        super(message);
    }

    static UnknownOutcomeException unreadable(Aggregate<?, ?, ?, ?> aggregate, String id) {
        return new UnknownOutcomeException(aggregate.name() + " " + id + " sent a reply that this version cannot read");
    }
}
