package io.guildhall.projections.relay;

import static io.guildhall.projections.Process.on;

import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Relay;
import io.guildhall.projections.Start;
import io.guildhall.projections.relay.PublishedEvents.Source;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes events to Kafka. */
public final class KafkaRelay implements Relay {
    public static final String NAME = "kafka";

    private final KafkaPublisher publisher;
    private final Start start;

    public KafkaRelay(KafkaPublisher publisher, Start start) {
        this.publisher = publisher;
        this.start = start;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Start start() {
        return start;
    }

    @Override
    public List<Process.Subscription<?>> follows() {
        return PublishedEvents.SOURCES.stream()
                .<Process.Subscription<?>>map(this::publish)
                .toList();
    }

    private <E> Process.Subscription<E> publish(Source<E> source) {
        return on(source.aggregate(), recorded -> publish(source, recorded));
    }

    private <E> CompletionStage<?> publish(Source<E> source, Recorded<E> recorded) {
        CompletionStage<?> published = CompletableFuture.completedFuture(null);
        for (var event : source.all(recorded))
            published = published.thenCompose(_ -> publisher.publish(event, recorded));
        return published;
    }
}
