package io.guildhall.http.endpoint;

import io.guildhall.actors.OtherVersionException;
import io.guildhall.actors.SuspensionsUnknownException;
import io.guildhall.background.Outage;
import io.guildhall.projections.readmodel.InvalidCursorException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures to problems. Internals are never sent to the caller; the log has them under the correlation id. */
@SuppressWarnings("StaticAssignmentOfThrowable") // A problem has no stack trace.
public final class ErrorMapping {
    static final Problem BODY_TIMEOUT =
            new Problem(408, "body-too-slow", "The body did not arrive in time. The request had no effect.");
    private static final Problem BROKEN_BODY = new Problem(
            400, "malformed", "The body ended early, or its chunks are malformed. The request had no effect.");
    private static final Problem INTERNAL_ERROR =
            new Problem(500, "internal", "Internal error. If it persists, contact support with the correlation id.");
    private static final Problem OUTCOME_UNKNOWN = Problem.later(
            503,
            "outcome-unknown",
            "The request timed out; it may or may not have had an effect. Repeat it with the same Idempotency-Key.",
            2);
    private static final Problem OTHER_VERSION = Problem.later(
            503,
            "other-version",
            "The program is being upgraded, and this resource already uses another version. Repeat the request in a minute with"
                    + " the same Idempotency-Key.",
            60);
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

    private ErrorMapping() {}

    /** @param request for the log */
    public static Problem problem(Throwable failure, String request) {
        return switch (Futures.cause(failure)) {
            case Problem problem -> problem;
            case InvalidCursorException _ ->
                new Problem(
                        400,
                        "bad-cursor",
                        "cursor must be the next value of a page of this list, unchanged and with the same filters.");
            case EntityStreamSizeException e -> tooLarge(e.limit());
            case EntityStreamException _ -> BROKEN_BODY;
            case OtherVersionException e -> {
                LOG.warn("{} was refused: {}", request, e.getMessage());
                yield OTHER_VERSION;
            }
            case SuspensionsUnknownException e -> {
                LOG.warn("{} was refused: {}", request, e.getMessage());
                yield SuspensionProblems.unknown();
            }
            case Throwable cause
            when Outage.isCauseOf(cause) -> {
                LOG.warn(
                        "{} failed because a part of the program or a service did not respond: {}",
                        request,
                        cause.toString());
                yield OUTCOME_UNKNOWN;
            }
            case Throwable cause -> {
                LOG.error("{} failed", request, cause);
                yield INTERNAL_ERROR;
            }
        };
    }

    static Problem tooLarge(long maxBytes) {
        return new Problem(413, "too-large", "The body must not be larger than " + maxBytes + " bytes.");
    }
}
