package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.http.live.FrameContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client of live connections. Frames that break the AsyncAPI document fail the test that reads them. */
public final class LiveClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_SECONDS = 30;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    /** Of the AsyncAPI document, by the frames that have arrived. */
    private final List<String> violations = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile String closeReason = "";
    private final WebSocket socket;

    private LiveClient(URI uri, boolean isReading) {
        socket = Await.result(
                HTTP.newWebSocketBuilder().subprotocols("guildhall.v1").buildAsync(uri, new Listener(isReading)));
    }

    /** Opens a connection to a port of this machine, and authenticates it. */
    public static LiveClient open(int port, String token) {
        return open(URI.create("ws://127.0.0.1:" + port + "/api/live"))
                .send("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
    }

    /** @param address host and port */
    public static LiveClient openWithTicket(String address, String ticket) {
        return open(URI.create("ws://" + address + "/api/live?ticket=" + ticket));
    }

    static LiveClient open(URI uri) {
        return new LiveClient(uri, true);
    }

    /** Reads nothing until {@link #read}. */
    static LiveClient openWithoutReading(URI uri) {
        return new LiveClient(uri, false);
    }

    void read() {
        socket.request(Long.MAX_VALUE);
    }

    private final class Listener implements WebSocket.Listener {
        private final boolean isReading;
        private final StringBuilder text = new StringBuilder();

        Listener(boolean isReading) {
            this.isReading = isReading;
        }

        @Override
        public void onOpen(WebSocket opened) {
            if (isReading) opened.request(Long.MAX_VALUE);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                try {
                    var frame = JSON.readTree(text.toString());
                    violations.addAll(FrameContract.violations(frame));
                    frames.add(frame);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeReason = reason;
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(-1);
        }
    }

    public LiveClient send(String json) {
        var _ = Await.result(socket.sendText(json, true));
        return this;
    }

    void sendPing() {
        var _ = Await.result(socket.sendPing(java.nio.ByteBuffer.allocate(0)));
    }

    /** Sends a part of a message that does not end. */
    void sendPart(String part) {
        var _ = Await.result(socket.sendText(part, false));
    }

    /** Without waiting until it is sent. */
    CompletableFuture<WebSocket> sendLater(String json) {
        return socket.sendText(json, true);
    }

    void sendBinary() {
        var _ = Await.result(socket.sendBinary(java.nio.ByteBuffer.wrap(new byte[] {1}), true));
    }

    public LiveClient subscribe(String channel) {
        return send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
    }

    public LiveClient subscribe(String channel, long after, String epoch) {
        return send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\",\"after\":" + after + ",\"epoch\":\""
                + epoch + "\"}");
    }

    /** The next frame. */
    public JsonNode next() {
        try {
            var frame = frames.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (frame == null) throw new AssertionError("no frame; closed: " + closed.getNow(0));
            assertThat(violations).isEmpty();
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next frame, which must be of this type. */
    JsonNode next(String type) {
        var frame = next();
        assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    /** The next frame of this type; others before it are skipped. */
    public JsonNode skipTo(String type) {
        while (true) {
            var frame = next();
            if (frame.path("type").asText().equals(type)) return frame;
        }
    }

    /** The frames of this type that have arrived, and removes all. */
    public List<JsonNode> arrived(String type) {
        var all = new ArrayList<JsonNode>();
        frames.drainTo(all);
        return all.stream().filter(it -> it.path("type").asText().equals(type)).toList();
    }

    void assertClosed(int code) {
        assertThat(Await.result(closed)).isEqualTo(code);
    }

    /** The close code; -1 if the connection has failed. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    public String closeReason() {
        return closeReason;
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Breaks the connection without a close frame. */
    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
        assertThat(violations).isEmpty();
    }
}
