package io.guildhall.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.LiveConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/** Connections that all receive the same frames. They measure the time until each of them has received a frame. */
final class Subscribers implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** The events of the last seconds arrive first. */
    private static final Duration SETTLING_TIME = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final List<LiveConnection> connections = new ArrayList<>();
    private final Semaphore subscribed = new Semaphore(0);
    private final Histogram latencies = Measurement.histogram();
    private volatile long startedAt = System.nanoTime();
    private volatile CountDownLatch rest = new CountDownLatch(0);

    /**
     * Opens a connection.
     *
     * @param subscription the type of the frame after which it receives all frames
     * @param measured the type of the frames that are measured
     */
    LiveConnection open(HttpClient http, URI server, String accessToken, String subscription, String measured) {
        var connection =
                LiveConnection.open(http, server, accessToken, frame -> received(frame, subscription, measured));
        connections.add(connection);
        return connection;
    }

    private void received(JsonNode frame, String subscription, String measured) {
        var type = frame.path("type").asText();
        if (type.equals(subscription)) subscribed.release();
        if (type.equals(measured)) record();
    }

    private synchronized void record() {
        latencies.recordValue(System.nanoTime() - startedAt);
        rest.countDown();
    }

    /** @param send sends a frame to all; its argument is the number of the frame, from 0 */
    Histogram measure(int frames, IntConsumer send) throws InterruptedException {
        if (!subscribed.tryAcquire(connections.size(), TIMEOUT.toSeconds(), TimeUnit.SECONDS))
            throw new IllegalStateException("not all connections were subscribed in time");
        Await.sleep(SETTLING_TIME);
        latencies.reset();
        for (int i = 0; i < frames; i++) {
            rest = new CountDownLatch(connections.size());
            startedAt = System.nanoTime();
            send.accept(i);
            if (!rest.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                throw new IllegalStateException(rest.getCount() + " connections did not receive a frame");
            Await.sleep(PAUSE);
        }
        return latencies;
    }

    @Override
    public void close() {
        connections.forEach(LiveConnection::close);
    }
}
