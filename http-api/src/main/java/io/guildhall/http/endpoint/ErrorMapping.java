package io.guildhall.http.endpoint;

import io.guildhall.projections.readmodel.InvalidCursorException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the caller is told of whatever may go wrong: never what it looks like inside, which the log tells under the correlation id. */
final class ErrorMapping {
    static final Problem TOO_SLOW =
            new Problem(408, "body-too-slow", "The body did not arrive in time; nothing was done.");
    private static final Problem BROKEN_OFF =
            new Problem(400, "malformed", "The body broke off, or its chunks are not well-formed; nothing was done.");
    private static final Problem BROKEN =
            new Problem(500, "internal", "Something broke on our side; tell us the correlation id if it stays so.");
    private static final Problem UNKNOWN = Problem.later(
            503,
            "outcome-unknown",
            "No answer in time: it may or may not have been done. Send it again, with the same Idempotency-Key.",
            2);
    private static final Logger log = LoggerFactory.getLogger(ErrorMapping.class);

    private ErrorMapping() {}

    /** @param what was asked, for the log */
    static Problem explain(Throwable failure, String what) {
        return switch (Futures.cause(failure)) {
            case Problem it -> it;
            case InvalidCursorException _ ->
                new Problem(400, "bad-cursor", "A cursor is the next of a page before, as it was sent.");
            case EntityStreamSizeException e -> tooLarge(e.limit());
            case EntityStreamException _ -> BROKEN_OFF;
            case TimeoutException e -> {
                log.warn("{} had no answer in time: {}", what, e.getMessage());
                yield UNKNOWN;
            }
            case SQLException e
            when isAway(e) -> {
                log.warn("{} found no database: {}", what, e.getMessage());
                yield UNKNOWN;
            }
            case Throwable cause -> {
                log.error("{} failed", what, cause);
                yield BROKEN;
            }
        };
    }

    /** The database, not the statement, is what fails: no connection, or one that was ended. */
    private static boolean isAway(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return e instanceof java.sql.SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P");
    }

    static Problem tooLarge(long limit) {
        return new Problem(413, "too-large", "At most " + limit + " bytes are taken.");
    }
}
