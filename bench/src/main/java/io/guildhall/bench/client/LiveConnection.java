package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A WebSocket to the live API of one node. */
public final class LiveConnection implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** The node sends a ping every 20 s. */
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final WebSocket socket;
    private final CompletableFuture<String> end;
    private final Listener listener;

    private LiveConnection(WebSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
        this.end = listener.end;
    }

    /**
     * Connects and authenticates.
     *
     * @param received is called for each frame, one at a time
     * @throws NoResponseException if the node does not accept the connection in time
     */
    public static LiveConnection open(HttpClient http, URI node, String accessToken, Consumer<JsonNode> received) {
        var listener = new Listener(received);
        var uri = URI.create(node.toString().replaceFirst("^http", "ws")).resolve("/api/live");
        try {
            var socket = http.newWebSocketBuilder()
                    .subprotocols("guildhall.v1")
                    .connectTimeout(CONNECT_TIMEOUT)
                    .buildAsync(uri, listener)
                    .orTimeout(CONNECT_TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS)
                    .join();
            var connection = new LiveConnection(socket, listener);
            connection.send("{\"type\":\"authenticate\",\"token\":\"" + accessToken + "\"}");
            return connection;
        } catch (CompletionException e) {
            throw new NoResponseException("no live connection to " + node + ": " + e.getMessage(), e);
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final Consumer<JsonNode> received;
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile long heardAt = System.nanoTime();

        Listener(Consumer<JsonNode> received) {
            this.received = received;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            heardAt = System.nanoTime();
            text.append(part);
            if (isLast) {
                var frame = parse(text.toString());
                text.setLength(0);
                received.accept(frame);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
            heardAt = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end.complete(error.toString());
        }
    }

    private static JsonNode parse(String frame) {
        try {
            return JSON.readTree(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames are sent one at a time. */
    public synchronized void send(String frame) {
        try {
            var _ = socket.sendText(frame, true).orTimeout(5, TimeUnit.SECONDS).join();
        } catch (CompletionException | IllegalStateException e) {
            end.complete(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until the connection has ended, or nothing has arrived for too long, and returns why. */
    public String awaitEnd() throws InterruptedException {
        while (true) {
            try {
                return end.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - listener.heardAt > SILENCE_TIMEOUT.toNanos()) return "nothing was received";
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        end.complete("closed");
        socket.abort();
    }
}
