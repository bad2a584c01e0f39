package io.guildhall.http.server;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Responses;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Responds to what cannot be parsed as an HTTP request with a problem document, as the API responds to every other
 * mistake. Pekko creates it by its name.
 */
public final class ParsingProblems extends ParsingErrorHandler {
    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        return Responses.of(problem(status.intValue(), error.summary()));
    }

    private static Problem problem(int status, String summary) {
        return switch (status) {
            case 413 -> new Problem(413, "too-large", "The body is too large.");
            case 414 -> new Problem(414, "uri-too-long", "The request target is too long. Shorten the query.");
            case 431 -> new Problem(431, "headers-too-large", "The headers are too large. Send fewer or shorter ones.");
            case 501 -> new Problem(501, "not-supported", "The request uses a part of HTTP that is not supported.");
            case 505 -> new Problem(505, "not-supported", "Use HTTP/1.1.");
            // Pekko's summaries contain nothing of the request.
            default -> new Problem(400, "malformed", "The request is not valid HTTP: " + summary);
        };
    }
}
