package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;

/** Writes results of endpoints as JSON. */
@FunctionalInterface
public interface ResultWriter {
    /** Writes results as they are. */
    ResultWriter PLAIN = result -> completedFuture(Json.write(result));

    /** Does not fail if details of the result cannot be read, since the request has had its effect. */
    CompletionStage<byte[]> write(Object result);
}
