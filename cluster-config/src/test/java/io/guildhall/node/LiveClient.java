package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.Await;
import io.guildhall.http.live.FrameContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A WebSocket that collects its frames. Frames that break the AsyncAPI document fail the test that reads them. */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile String closeReason = "";
    private final WebSocket socket;

    private LiveClient(URI uri) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("guildhall.v1")
                .buildAsync(uri, this)
                .join();
    }

    /** Opens a connection to a port of this machine, and authenticates it. */
    static LiveClient open(int port, String token) {
        var client = new LiveClient(URI.create("ws://127.0.0.1:" + port + "/api/live"));
        client.send("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
        return client;
    }

    /** @param address host and port */
    static LiveClient openWithTicket(String address, String ticket) {
        return new LiveClient(URI.create("ws://" + address + "/api/live?ticket=" + ticket));
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        text.append(part);
        if (!isLast) return null;
        try {
            frames.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        text.setLength(0);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closed.complete(code);
        return null;
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** The next frame of this type; others before it are skipped. */
    JsonNode skipTo(String type) {
        for (var it = next(); ; it = next()) if (it.path("type").asText().equals(type)) return it;
    }

    /** The next frame. */
    JsonNode next() {
        return valid(Await.value(frames::remove));
    }

    /** The frames that have arrived and were not read. */
    List<JsonNode> arrived() {
        return frames.stream().map(LiveClient::valid).toList();
    }

    private static JsonNode valid(JsonNode frame) {
        assertThat(FrameContract.violations(frame)).as(frame.toString()).isEmpty();
        return frame;
    }

    /** The close code. */
    CompletableFuture<Integer> closed() {
        return closed;
    }

    String closeReason() {
        return closeReason;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
