package io.guildhall.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a node that have to be closed, from the moment they are open. */
final class OpenParts {
    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** @return the part */
    synchronized <P extends AutoCloseable> P add(P part) {
        parts.push(part);
        return part;
    }

    /**
     * Closes the parts, the last opened first. A failure is logged and does not keep the next part from being closed.
     */
    synchronized void closeAll() {
        while (!parts.isEmpty()) close(parts.pop());
    }

    /** Closes a part. A failure is logged. */
    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn(
                    "{} could not be closed; closing the next part",
                    part.getClass().getSimpleName(),
                    e);
        }
    }
}
