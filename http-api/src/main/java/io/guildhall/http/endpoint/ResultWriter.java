package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;

/** Writes results of endpoints as JSON. */
@FunctionalInterface
public interface ResultWriter {
    /** Writes results as they are. */
    ResultWriter PLAIN = result -> completedFuture(Json.write(result));

    /** Never fails because of something that the result only refers to: the effect of the request has happened. */
    CompletionStage<byte[]> write(Object result);
}
