package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class RequestsInProgressTest {
    @Test
    void doesNotCountRequestsWhoseHandlerHasThrown() {
        var requests = new RequestsInProgress(0);
        var handler = requests.counting(_ -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(handler.apply(HttpRequest.create()).toCompletableFuture()).isCompletedExceptionally();
        assertThat(requests.areWaiting()).isFalse();
    }

    @Test
    void requestsWaitIfThereAreMoreThanProcessors() throws Exception {
        var requests = new RequestsInProgress(2);
        List<CompletableFuture<HttpResponse>> responses = new ArrayList<>();
        var handler = requests.counting(_ -> {
            responses.add(new CompletableFuture<>());
            return responses.getLast();
        });
        var _ = handler.apply(HttpRequest.create());
        var _ = handler.apply(HttpRequest.create());
        assertThat(requests.areWaiting()).isFalse();
        var _ = handler.apply(HttpRequest.create());
        assertThat(requests.areWaiting()).isTrue();
        responses.getFirst().complete(HttpResponse.create());
        assertThat(requests.areWaiting()).isFalse();
        var _ = handler.apply(HttpRequest.create());
        assertThat(requests.areWaiting()).isTrue();
        responses.getLast().completeExceptionally(new IllegalStateException("a bug"));
        assertThat(requests.areWaiting()).isFalse();
    }
}
