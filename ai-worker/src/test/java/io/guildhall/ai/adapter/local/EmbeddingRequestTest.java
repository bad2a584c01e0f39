package io.guildhall.ai.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.port.Embedder.Purpose;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddingRequestTest {
    private static EmbeddingRequest request(Purpose purpose, long sequence) {
        return new EmbeddingRequest(purpose, sequence, () -> new float[] {1}, new CompletableFuture<>());
    }

    @Test
    void queriesAndTheTaxonomyPassWaitingDocuments() {
        var queue = new PriorityBlockingQueue<EmbeddingRequest>();
        queue.add(request(Purpose.DOCUMENT, 1));
        queue.add(request(Purpose.DOCUMENT, 2));
        queue.add(request(Purpose.TAXONOMY, 3));
        queue.add(request(Purpose.TAXONOMY, 4));
        queue.add(request(Purpose.QUERY, 5));
        assertThat(Stream.generate(queue::poll).limit(5).map(EmbeddingRequest::sequence))
                .containsExactly(5L, 3L, 4L, 1L, 2L);
    }
}
