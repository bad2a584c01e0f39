package io.guildhall.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.LiveConnection;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A live connection of a user who is subscribed to a room. */
final class RoomListener implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final LiveConnection connection;

    RoomListener(URI node, User user, String room) {
        this.connection = LiveConnection.open(http, node, user.accessToken(), frames::add);
        connection.send("{\"type\":\"subscribe\",\"channel\":\"room:" + room + "\"}");
        var _ = await("subscribed");
    }

    /** Returns the next message by a member; reports of the contract's events are skipped. */
    JsonNode awaitMessage() {
        var message = await("message").path("message");
        return message.has("report") ? awaitMessage() : message;
    }

    /**
     * Returns the next frame of this type; others before it are skipped.
     *
     * @throws NoResponseException if it does not arrive in time
     */
    JsonNode await(String type) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            for (JsonNode it; (it = frames.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) != null; )
                if (it.path("type").asText().equals(type)) return it;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new NoResponseException("no live frame " + type + " within " + TIMEOUT.toSeconds() + " s");
    }

    @Override
    public void close() {
        connection.close();
        http.shutdownNow();
    }
}
