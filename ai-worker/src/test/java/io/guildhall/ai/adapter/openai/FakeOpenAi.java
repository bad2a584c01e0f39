package io.guildhall.ai.adapter.openai;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.EmbedderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Speaks the protocol of {@code POST /v1/embeddings} with real vectors, as differently as the protocol allows: the last text first,
 * and of another length than one. Takes the key {@link #KEY} only.
 */
final class FakeOpenAi implements AutoCloseable {
    static final String KEY = "sk-test-0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Embedder real;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Mood> mood = new AtomicReference<>(new Mood.Well());
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    sealed interface Mood {
        record Well() implements Mood {}

        /** Fails so often, then is well. */
        record Failing(int status, int times) implements Mood {}

        /** Answers when it is closed. */
        record Silent() implements Mood {}

        record OfDimension(int dimension) implements Mood {}

        record Saying(String body) implements Mood {}
    }

    FakeOpenAi(Embedder real) throws IOException {
        this.real = real;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", this::serve);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** From now on, and forgets what it was asked. */
    void is(Mood next) {
        mood.set(next);
        asked.clear();
    }

    List<JsonNode> asked() {
        return asked;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            asked.add(request);
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401);
                return;
            }
            switch (requireNonNull(mood.get())) {
                case Mood.Well() -> answer(exchange, well(request, Embedder.DIMENSION));
                case Mood.Failing(int status, int times) -> {
                    if (asked.size() <= times) error(exchange, status);
                    else answer(exchange, well(request, Embedder.DIMENSION));
                }
                case Mood.Silent() -> await();
                case Mood.OfDimension(int dimension) -> answer(exchange, well(request, dimension));
                case Mood.Saying(String body) -> send(exchange, 200, body);
            }
        }
    }

    private ObjectNode well(JsonNode request, int dimension) {
        List<String> texts = new ArrayList<>();
        request.get("input").forEach(text -> texts.add(text.textValue()));
        List<float[]> vectors = EmbedderContract.vectors(
                real.embed(Purpose.DOCUMENT, texts).toCompletableFuture().join());
        ObjectNode answer = JSON.createObjectNode().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (int i = texts.size() - 1; i >= 0; i--) {
            ArrayNode embedding =
                    data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            for (int d = 0; d < dimension; d++) embedding.add(3 * vectors.get(i)[d % vectors.get(i).length]);
        }
        answer.put("model", request.get("model").textValue());
        answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
        return answer;
    }

    /** As OpenAI's, which tells the key in part, and more than anybody wants in a log. */
    private static void error(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().add("retry-after-ms", "1");
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("message", "Incorrect: " + KEY).put("type", "some_error");
        send(exchange, status, body.toString());
    }

    private static void answer(HttpExchange exchange, ObjectNode body) throws IOException {
        send(exchange, 200, body.toString());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
