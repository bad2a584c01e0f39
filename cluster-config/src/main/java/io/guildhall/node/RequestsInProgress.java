package io.guildhall.node;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Counts the HTTP requests that a node is responding to. Thread-safe. */
final class RequestsInProgress {
    private final int processors;
    private final AtomicInteger count = new AtomicInteger();

    RequestsInProgress(int processors) {
        this.processors = processors;
    }

    Function<HttpRequest, CompletionStage<HttpResponse>> counting(
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return request -> {
            count.incrementAndGet();
            return completedStage(request).thenCompose(handler).whenComplete((_, _) -> count.decrementAndGet());
        };
    }

    /** Whether there are more requests than processors, so that some of them wait. */
    boolean areWaiting() {
        return count.get() > processors;
    }
}
