package io.guildhall.actors;

import io.guildhall.kernel.Aggregate;
import java.util.concurrent.TimeoutException;

/**
 * An entity cannot decide on a command or tell its state, because another version of the program has sent the command or
 * recorded its events. Nothing was recorded. It can after the upgrade, so the request can be repeated then: for those who
 * wait it is as if the entity did not reply.
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
                + " got a command that this version cannot read; nothing was recorded: " + reason;
    }
}
