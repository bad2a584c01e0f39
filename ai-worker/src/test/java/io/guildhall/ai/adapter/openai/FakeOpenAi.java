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
 * A server for {@code POST /v1/embeddings} that uses the freedom of the protocol: it returns the last text first, and
 * vectors of another length than one. Accepts the key {@link #KEY} only.
 */
final class FakeOpenAi implements AutoCloseable {
    static final String KEY = "sk-test-0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Embedder embedder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(new Behaviour.Normal());
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    sealed interface Behaviour {
        record Normal() implements Behaviour {}

        /** Fails a number of times, then behaves normally. */
        record Failing(int status, int times) implements Behaviour {}

        /** Sends no response until it is closed. */
        record Silent() implements Behaviour {}

        record OtherDimension(int dimension) implements Behaviour {}

        record FixedBody(String body) implements Behaviour {}
    }

    FakeOpenAi(Embedder embedder) throws IOException {
        this.embedder = embedder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", this::serve);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Changes the behaviour and clears the recorded requests. */
    void behave(Behaviour next) {
        behaviour.set(next);
        requests.clear();
    }

    List<JsonNode> requests() {
        return requests;
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
            requests.add(request);
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401);
                return;
            }
            switch (requireNonNull(behaviour.get())) {
                case Behaviour.Normal() -> respond(exchange, embeddings(request, Embedder.DIMENSION));
                case Behaviour.Failing(int status, int times) -> {
                    if (requests.size() <= times) error(exchange, status);
                    else respond(exchange, embeddings(request, Embedder.DIMENSION));
                }
                case Behaviour.Silent() -> awaitClose();
                case Behaviour.OtherDimension(int dimension) -> respond(exchange, embeddings(request, dimension));
                case Behaviour.FixedBody(String body) -> send(exchange, 200, body);
            }
        }
    }

    private ObjectNode embeddings(JsonNode request, int dimension) {
        List<String> texts = new ArrayList<>();
        request.get("input").forEach(text -> texts.add(text.textValue()));
        List<float[]> vectors = EmbedderContract.vectors(
                embedder.embed(Purpose.DOCUMENT, texts).toCompletableFuture().join());
        ObjectNode response = JSON.createObjectNode().put("object", "list");
        ArrayNode data = response.putArray("data");
        for (int i = texts.size() - 1; i >= 0; i--) {
            ArrayNode embedding =
                    data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            for (int d = 0; d < dimension; d++) embedding.add(3 * vectors.get(i)[d % vectors.get(i).length]);
        }
        response.put("model", request.get("model").textValue());
        response.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
        return response;
    }

    /** Like errors of OpenAI, it contains the key, which must not be logged. */
    private static void error(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().add("retry-after-ms", "1");
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("message", "Incorrect: " + KEY).put("type", "some_error");
        send(exchange, status, body.toString());
    }

    private static void respond(HttpExchange exchange, ObjectNode body) throws IOException {
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

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
