package io.guildhall.actors;

import io.guildhall.kernel.Correlation;
import org.slf4j.MDC;

/** Adds the correlation id to the log lines of this thread until it is closed. */
public final class LogContext implements AutoCloseable {
    private static final String KEY = "correlationId";
    private static final LogContext OPEN = new LogContext();

    private LogContext() {}

    public static LogContext open(Correlation correlation) {
        if (correlation.known()) MDC.put(KEY, correlation.id());
        else MDC.remove(KEY);
        return OPEN;
    }

    @Override
    public void close() {
        MDC.remove(KEY);
    }
}
