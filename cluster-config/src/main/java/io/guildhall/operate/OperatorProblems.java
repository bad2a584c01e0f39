package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Responses;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;

/** The error responses of the operator routes: problem documents, as in the API. */
final class OperatorProblems {
    private OperatorProblems() {}

    /** For a request that no route serves. */
    static RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, OperatorProblems::otherMethod)
                .handleNotFound(complete(response(
                        404, "not-found", "There is no such operator command. ./guildhall help lists the commands.")))
                .build()
                .withFallback(RejectionHandler.defaultHandler());
    }

    private static Route otherMethod(List<MethodRejection> rejections) {
        var supported =
                rejections.stream().map(it -> it.supported().name()).distinct().toList();
        return complete(response(405, "method-not-allowed", "Use the method " + String.join(" or ", supported) + "."));
    }

    /** A route with a query parameter. Without it, the response is a problem that names it. */
    static Route requireParameter(String name, String purpose, Function<String, Route> route) {
        return parameterOptional(
                name,
                value -> value.map(route)
                        .orElseGet(() -> complete(response(
                                400,
                                "parameter-required",
                                "The query parameter " + name + " is required. " + purpose))));
    }

    private static HttpResponse response(int status, String code, String detail) {
        return Responses.of(new Problem(status, code, detail));
    }
}
