package io.guildhall.node;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes parts of a node in the given order. A failure is logged and does not keep the next part from being closed. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void closeAll(List<AutoCloseable> parts) {
        for (var part : parts) {
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
}
