package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;
import java.util.concurrent.TimeoutException;

/**
 * An entity cannot decide on a command or reply with its state, because another version of the program has sent the
 * command or recorded its events. Nothing was recorded. The request can be repeated after the upgrade. Callers handle
 * it like a missing reply.
 */
public final class OtherVersionException extends TimeoutException {
    private static final long serialVersionUID = 1L;
    /** Tells this failure of an entity from others in a reply, which is a text. */
    private static final String PREFIX = "Other version: ";

    public OtherVersionException(String message) {
        super(message);
    }

    static boolean isMessage(String message) {
        return message.startsWith(PREFIX);
    }

    static String onEvent(Aggregate<?, ?, ?, ?> aggregate, String id, String event) {
        return PREFIX + aggregate.name() + " " + id + " has the event " + event
                + ", which this version cannot read; nothing was recorded";
    }

    static String onCommand(Aggregate<?, ?, ?, ?> aggregate, String id, String reason) {
        return PREFIX + aggregate.name() + " " + id
                + " received a command that this version cannot read; nothing was recorded: " + reason;
    }
}
