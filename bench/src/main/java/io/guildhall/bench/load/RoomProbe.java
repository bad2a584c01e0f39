package io.guildhall.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.LiveConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The other party of a room on a live connection. It measures the time until a message in the room, or a pong, has
 * arrived.
 */
final class RoomProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Rooms rooms;
    private final Random random = new Random(1);
    private final LiveConnection connection;
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();
    private volatile String awaited = "authenticated";

    RoomProbe(HttpClient http, URI server, Rooms rooms) {
        this.rooms = rooms;
        this.connection = LiveConnection.open(http, server, rooms.freelancer().accessToken(), this::received);
        await();
        send("subscribed", "{\"type\":\"subscribe\",\"channel\":\"room:" + room() + "\"}");
        await();
    }

    private String room() {
        return rooms.ids().getFirst();
    }

    private void received(JsonNode frame) {
        boolean isAwaited = frame.path("type").asText().equals(awaited)
                || frame.at("/message/text").asText().equals(awaited);
        if (isAwaited) arrival.complete(System.nanoTime());
    }

    private void send(String expected, String frame) {
        prepare(expected);
        connection.send(frame);
    }

    private void prepare(String expected) {
        arrival = new CompletableFuture<>();
        awaited = expected;
    }

    private long await() {
        return arrival.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    Histogram measure(int count) {
        var latencies = Measurement.histogram();
        for (int i = 0; i < count; i++) {
            pause();
            var text = "Probe " + random.nextLong();
            prepare(text);
            long sent = System.nanoTime();
            rooms.market().sendMessage(rooms.client(), room(), text);
            latencies.recordValue(await() - sent);
        }
        return latencies;
    }

    Histogram echo(int count) {
        var latencies = Measurement.histogram();
        for (int i = 0; i < count; i++) {
            pause();
            long sent = System.nanoTime();
            send("pong", "{\"type\":\"ping\"}");
            latencies.recordValue(await() - sent);
        }
        return latencies;
    }

    /** The node accepts 20 frames in a second. */
    private void pause() {
        Await.sleep(Duration.ofMillis(50 + random.nextInt(50)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
