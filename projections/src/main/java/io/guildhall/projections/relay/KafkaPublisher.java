package io.guildhall.projections.relay;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.relay.PublishedEvents.Identified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.kafka.ProducerSettings;
import org.apache.pekko.kafka.javadsl.SendProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends published events to Kafka, with an idempotent producer: all attempts of one send write one record. Connects
 * when it is first used. A failure of the cluster is an {@link IOException}; another exception means that the cluster
 * refuses the record itself.
 */
public final class KafkaPublisher implements AutoCloseable {
    /** Each request, and the wait for the metadata of a topic, takes at most this part of the timeout. */
    private static final int PARTS_OF_TIMEOUT = 3;

    private static final Duration MAX_RECONNECT_BACKOFF = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BUFFERED_BYTES = 16 << 20;

    private final ProducerSettings<String, byte[]> settings;
    private final ActorSystem<?> system;
    private final AtomicReference<@Nullable SendProducer<String, byte[]>> producer = new AtomicReference<>();

    public KafkaPublisher(ActorSystem<?> system, KafkaSettings kafka) {
        this.system = system;
        this.settings = ProducerSettings.create(system, new StringSerializer(), new ByteArraySerializer())
                .withBootstrapServers(kafka.bootstrapServers())
                .withProperties(properties(kafka))
                .withCloseTimeout(CLOSE_TIMEOUT);
    }

    private static Map<String, String> properties(KafkaSettings kafka) {
        var properties = new HashMap<>(kafka.security());
        var part = kafka.timeout().dividedBy(PARTS_OF_TIMEOUT);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(part));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(part));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(kafka.timeout()));
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis(MAX_RECONNECT_BACKOFF));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(MAX_BUFFERED_BYTES));
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Completes when all replicas in sync have acknowledged the record. */
    CompletionStage<RecordMetadata> publish(Identified event, Recorded<?> recorded) {
        var record = new ProducerRecord<>(
                event.event().topic().topicName(),
                null,
                recorded.at().toEpochMilli(),
                event.event().key(),
                CloudEventJson.write(event, recorded));
        record.headers()
                .add(new RecordHeader("content-type", CloudEventJson.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII)));
        var current = producer();
        return current.send(record).exceptionallyCompose(failure -> {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (!isRefusal(cause) && !(cause instanceof RetriableException)) replace(current);
            return CompletableFuture.failedStage(isRefusal(cause) ? cause : new IOException("Kafka: " + cause, cause));
        });
    }

    /** Whether the record itself is the cause, so that another record can succeed. */
    private static boolean isRefusal(Throwable failure) {
        return switch (failure) {
            case RecordTooLargeException _, InvalidRecordException _, SerializationException _ -> true;
            default -> false;
        };
    }

    private SendProducer<String, byte[]> producer() {
        var existing = producer.get();
        if (existing != null) return existing;
        synchronized (producer) {
            var current = producer.get();
            if (current == null) {
                current = new SendProducer<>(settings, system);
                producer.set(current);
            }
            return current;
        }
    }

    /** A producer that failed fatally, or could not be created, never recovers. The next send creates another. */
    private void replace(SendProducer<String, byte[]> failed) {
        if (producer.compareAndSet(failed, null)) {
            var _ = failed.close();
        }
    }

    @Override
    public void close() {
        var last = producer.getAndSet(null);
        if (last == null) return;
        last.close()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> null)
                .join();
    }
}
