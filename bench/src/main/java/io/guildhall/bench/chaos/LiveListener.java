package io.guildhall.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.chaos.LiveFrames.Frame;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.LiveConnection;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.client.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A user who listens to the channel {@code me}, and to the contracts and rooms that it announces. When the connection is
 * lost, the listener connects to the next node and resumes each channel after its last event.
 */
final class LiveListener implements AutoCloseable {
    /** A connection can have 100 subscriptions: {@code me}, and two for each contract. */
    private static final int MAX_CONTRACTS = 45;

    private static final Duration SEND_INTERVAL = Duration.ofMillis(60);
    private static final String GOING_AWAY = "1001 ";
    private static final Duration RETRY_DELAY = Duration.ofMillis(300);

    private final User user;
    private final List<URI> nodes;
    private final HttpClient http;
    private final LiveFrames frames = new LiveFrames();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger goingAway = new AtomicInteger();
    private final List<String> errors = new ArrayList<>();
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile int node;
    private volatile long receivedAt = System.nanoTime();
    private String epoch = "";
    private int contracts;

    /** @param first the index of the node to which it connects first */
    LiveListener(User user, List<URI> nodes, int first, HttpClient http) {
        this.user = user;
        this.nodes = nodes;
        this.http = http;
        this.node = Math.floorMod(first, nodes.size());
        this.thread = Thread.ofVirtual().name("listener").start(() -> run(first));
    }

    User user() {
        return user;
    }

    LiveFrames frames() {
        return frames;
    }

    /** How often it has resumed its channels after the connection was lost. */
    int resumed() {
        return resumed.get();
    }

    /** How often a node has closed the connection with the code 1001, because it stopped. */
    int goingAway() {
        return goingAway.get();
    }

    /** The index of the node to which it is connected, or connects. */
    int node() {
        return node;
    }

    /** Whether it has received an event after this time, in nanoseconds as {@link System#nanoTime} gives it. */
    boolean hasReceivedSince(long time) {
        return receivedAt - time > 0;
    }

    /** The frames with which a node has refused to resume a channel. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    private void run(int first) {
        for (int attempt = first; !isStopping; attempt++) {
            try {
                node = Math.floorMod(attempt, nodes.size());
                listen(nodes.get(node));
            } catch (NoResponseException | ProblemException e) {
                // The next node is tried.
            } catch (InterruptedException e) {
                return;
            }
            if (!isStopping) Await.sleep(RETRY_DELAY);
        }
    }

    /**
     * A connection whose frames are recorded. After it has ended, its late frames are ignored; the next connection
     * requests them again. Guarded by the listener.
     */
    private static final class Opened {
        private Optional<LiveConnection> connection = Optional.empty();
    }

    private void listen(URI node) throws InterruptedException {
        // Logs in again if the session has ended.
        user.get("/api/me");
        var opened = new Opened();
        try (var connection = LiveConnection.open(http, node, user.accessToken(), frame -> received(opened, frame))) {
            resume(connection, start(opened, connection));
            if (connection.awaitEnd().startsWith(GOING_AWAY)) goingAway.incrementAndGet();
        } finally {
            synchronized (this) {
                opened.connection = Optional.empty();
            }
        }
    }

    /** Returns the channels to resume. */
    private synchronized List<String> start(Opened opened, LiveConnection connection) {
        opened.connection = Optional.of(connection);
        if (epoch.isEmpty()) connection.send("{\"type\":\"subscribe\",\"channel\":\"me\"}");
        else resumed.incrementAndGet();
        return frames.channels();
    }

    private void resume(LiveConnection connection, List<String> channels) {
        for (var it : channels) {
            subscribe(connection, it);
            // A node accepts 20 frames in a second.
            Await.sleep(SEND_INTERVAL);
        }
    }

    private synchronized void subscribe(LiveConnection connection, String channel) {
        connection.send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\",\"after\":" + frames.last(channel)
                + ",\"epoch\":\"" + epoch + "\"}");
    }

    private synchronized void received(Opened from, JsonNode frame) {
        var channel = frame.path("channel").asText();
        switch (frame.path("type").asText()) {
            case "subscribed" -> {
                epoch = frame.path("epoch").asText();
                frames.subscribed(channel, frame.path("offset").asLong());
            }
            case "resync", "unsubscribed" -> errors.add(frame.toString());
            // The node cannot read the channel at the moment: another node is tried.
            case "error" -> from.connection.ifPresent(LiveConnection::close);
            default -> {
                if (from.connection.isEmpty() || !frame.has("offset")) return;
                receivedAt = System.nanoTime();
                frames.received(
                        channel,
                        new Frame(
                                frame.path("offset").asLong(),
                                frame.at("/message/id").asText()));
                if (channel.equals("me") && frame.path("type").asText().equals("contract"))
                    follow(from.connection.get(), frame.at("/contract/id").asText());
            }
        }
    }

    /** Subscribes to a new contract and its room, from their first events. */
    private void follow(LiveConnection connection, String contract) {
        var channels = List.of("contract:" + contract, "room:" + MarketplaceClient.room(contract));
        if (frames.channels().contains(channels.getFirst()) || contracts == MAX_CONTRACTS) return;
        contracts++;
        for (var it : channels) {
            frames.subscribed(it, 0);
            subscribe(connection, it);
        }
    }

    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
    }
}
