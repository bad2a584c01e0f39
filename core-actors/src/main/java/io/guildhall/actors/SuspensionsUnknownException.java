package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;
import java.util.concurrent.TimeoutException;

/**
 * An entity cannot decide on a command that starts something new, because its node does not know which accounts are
 * suspended now. Nothing was recorded. The same command can succeed later.
 */
public final class SuspensionsUnknownException extends TimeoutException {
    private static final long serialVersionUID = 1L;
    /** Distinguishes this failure from others in an entity's reply, which is text. */
    private static final String PREFIX = "Suspensions unknown: ";

    public SuspensionsUnknownException(String message) {
        super(message);
    }

    static boolean isMessage(String message) {
        return message.startsWith(PREFIX);
    }

    static String message(Aggregate<?, ?, ?, ?> aggregate, String id) {
        return PREFIX + "the node of " + aggregate.name() + " " + id
                + " could not read the suspended accounts recently; nothing was recorded";
    }
}
