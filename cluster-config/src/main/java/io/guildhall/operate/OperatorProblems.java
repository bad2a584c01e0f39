package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Responses;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;

/** The error responses of the addresses for operators: problem documents, as in the API. */
final class OperatorProblems {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TEXT_LENGTH = 500;
    private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");

    private OperatorProblems() {}

    /** For a request that no route serves. */
    static RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, OperatorProblems::otherMethod)
                .handleNotFound(complete(problem(
                        404, "not-found", "There is no such operator command. ./guildhall help lists the commands.")))
                .build()
                .withFallback(RejectionHandler.defaultHandler());
    }

    private static Route otherMethod(List<MethodRejection> rejections) {
        var supported =
                rejections.stream().map(it -> it.supported().name()).distinct().toList();
        return complete(problem(405, "method-not-allowed", "Use the method " + String.join(" or ", supported) + "."));
    }

    /**
     * A route that requires a query parameter of 1 to {@value #MAX_TEXT_LENGTH} characters. Without it, the response is
     * a problem that names it.
     *
     * @param purpose what the text is for
     */
    static Route requireText(String name, String purpose, Function<String, Route> route) {
        return parameterOptional(
                name,
                value -> value.map(String::strip)
                        .filter(it -> !it.isEmpty() && it.length() <= MAX_TEXT_LENGTH)
                        .map(PrintableText::of)
                        .map(route)
                        .orElseGet(() -> complete(problem(
                                400,
                                "parameter-required",
                                "The query parameter " + name + " must have 1 to " + MAX_TEXT_LENGTH + " characters. "
                                        + purpose))));
    }

    static HttpResponse starting() {
        return Responses.of(Problem.later(503, "starting", "This node is still starting. Try again in a moment.", 1));
    }

    /** Turns an error response of Pekko, with a text or JSON, into a problem document. */
    static HttpResponse document(HttpResponse response) {
        if (!response.status().isFailure() || response.entity().getContentType().equals(PROBLEM)) return response;
        int status = response.status().intValue();
        return problem(status, code(status), detail(response));
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 413 -> "too-large";
            case 500 -> "internal";
            default -> status < 500 ? "malformed" : "unavailable";
        };
    }

    /** The text, or the message of the JSON. */
    private static String detail(HttpResponse response) {
        var body = response.entity() instanceof HttpEntity.Strict it
                ? it.getData().utf8String().strip()
                : "";
        var text = PrintableText.of(
                response.entity().getContentType().equals(ContentTypes.APPLICATION_JSON) ? message(body) : body);
        return text.isEmpty() ? response.status().reason() : text;
    }

    private static String message(String json) {
        try {
            return JSON.readTree(json).path("message").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    static HttpResponse problem(int status, String code, String detail) {
        return Responses.of(new Problem(status, code, detail));
    }
}
