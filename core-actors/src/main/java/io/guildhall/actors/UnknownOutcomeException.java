package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** An entity did not answer in time: what it was asked may or may not have been done, may yet be done, and may be asked again. */
public final class UnknownOutcomeException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Aggregate<?, ?, ?, ?> aggregate, String id, Duration patience, Throwable cause) {
        super(aggregate.name() + " " + id + " did not answer within " + patience);
        initCause(cause);
    }
}
