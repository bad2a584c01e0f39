package io.guildhall.http.endpoint;

import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Turns results and problems into HTTP responses. */
public final class Responses {
    private static final String JSON = "application/json";
    private static final ContentType PROBLEM_JSON = ContentTypes.parse("application/problem+json");

    private Responses() {}

    static final byte[] NO_BODY = {};

    static StoredResponse of(Operation<?> operation, Object value, byte[] body) {
        if (operation.has(Endpoint.Feature.CACHEABLE))
            return new StoredResponse(operation.status(), JSON, body, Optional.of(CachedResponses.etag(body)));
        var etag = value instanceof Versioned versioned
                ? Optional.of("\"" + versioned.revision() + "\"")
                : Optional.<String>empty();
        return new StoredResponse(operation.status(), JSON, body, etag);
    }

    static StoredResponse of(Problem problem, String correlationId) {
        var document = new ProblemDocument(
                "about:blank",
                StatusCodes.lookup(problem.status()).map(it -> it.reason()).orElse("Error"),
                problem.status(),
                problem.code(),
                problem.detail(),
                correlationId,
                problem.errors());
        return new StoredResponse(problem.status(), PROBLEM_JSON.toString(), Json.write(document), Optional.empty());
    }

    static HttpResponse response(StoredResponse stored) {
        var response = HttpResponse.create().withStatus(stored.status());
        if (stored.body().length > 0)
            response = response.withEntity(
                    stored.contentType().equals(JSON)
                            ? ContentTypes.APPLICATION_JSON
                            : ContentTypes.parse(stored.contentType()),
                    stored.body());
        return stored.etag()
                .map(etag -> RawHeader.create("ETag", etag))
                .map(response::addHeader)
                .orElse(response);
    }

    /** The response to a request that does not reach the API. */
    public static HttpResponse of(Problem problem) {
        var correlationId = Requests.newCorrelationId();
        return response(problem, correlationId)
                .addHeaders(SecurityHeaders.forData(false))
                .addHeaders(List.of(RawHeader.create(Api.CORRELATION_ID, correlationId), Api.NO_STORE));
    }

    /**
     * The response to a request that failed outside of the API.
     *
     * @param request for the log
     */
    public static HttpResponse of(Throwable failure, String request) {
        return of(ErrorMapping.problem(failure, request));
    }

    static HttpResponse response(Problem problem, String correlationId) {
        var response = response(of(problem, correlationId));
        if (problem.status() == 401)
            response = response.addHeaders(List.of(RawHeader.create("WWW-Authenticate", "Bearer")));
        if (problem.location().isPresent())
            response = response.addHeaders(
                    List.of(RawHeader.create("Location", problem.location().get())));
        return problem.retryAfterSeconds() == 0
                ? response
                : response.addHeaders(
                        List.of(RawHeader.create("Retry-After", Long.toString(problem.retryAfterSeconds()))));
    }
}
