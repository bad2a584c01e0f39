package io.guildhall.bench.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The HTTP contract, spoken to any of several nodes. A request without a definite answer is sent again, unchanged and so under its key, to the
 * next node, until there is one or patience ends.
 */
public final class Api implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /**
     * @param answer how long one attempt may take
     * @param all how long all of them may take
     * @param defects whether a 500 counts as no answer, rather than as the end
     */
    public record Patience(Duration answer, Duration all, boolean defects) {
        public static Patience calm() {
            return new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), false);
        }

        /** While nodes are being killed. */
        public static Patience stormy() {
            return new Patience(Duration.ofSeconds(12), Duration.ofSeconds(90), true);
        }
    }

    private final List<URI> nodes;
    private final Patience patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong defects = new AtomicLong();

    public Api(List<URI> nodes, Patience patience) {
        this.nodes = List.copyOf(nodes);
        this.patience = patience;
    }

    /** Requests that were sent again for want of an answer. */
    public long repeats() {
        return repeats.get();
    }

    /** Answers with the status 500. */
    public long defects() {
        return defects.get();
    }

    /**
     * @throws Refused with the problem's code
     * @throws NoAnswer where there was no definite answer in time
     */
    public Reply send(Asked asked) {
        long until = System.nanoTime() + patience.all().toNanos();
        var pause = FIRST_PAUSE;
        while (true) {
            var outcome = attempt(asked);
            switch (outcome) {
                case Outcome.Answered answered -> {
                    return answered.reply();
                }
                case Outcome.Again again -> {
                    if (System.nanoTime() + again.pause().toNanos() > until)
                        throw new NoAnswer(asked + " has no answer: " + again.why());
                    repeats.incrementAndGet();
                    Eventually.pause(again.pause().compareTo(pause) > 0 ? again.pause() : pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
    }

    private sealed interface Outcome {
        record Answered(Reply reply) implements Outcome {}

        record Again(String why, Duration pause) implements Outcome {}
    }

    private Outcome attempt(Asked asked) {
        var node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
        try {
            var response = http.send(request(node, asked), HttpResponse.BodyHandlers.ofByteArray());
            return read(asked, response);
        } catch (IOException e) {
            return new Outcome.Again(e.getClass().getSimpleName() + " " + e.getMessage(), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(asked + " was interrupted", e);
        }
    }

    private HttpRequest request(URI node, Asked asked) {
        var request = HttpRequest.newBuilder(node.resolve(asked.path())).timeout(patience.answer());
        asked.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        asked.key().ifPresent(key -> request.header("Idempotency-Key", key));
        asked.ifMatch().ifPresent(tag -> request.header("If-Match", tag));
        asked.body().ifPresent(_ -> request.header("Content-Type", "application/json"));
        var publisher = asked.body()
                .map(body -> HttpRequest.BodyPublishers.ofByteArray(write(body)))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        return request.method(asked.method(), publisher).build();
    }

    private Outcome read(Asked asked, HttpResponse<byte[]> response) {
        var body = parse(response);
        int status = response.statusCode();
        if (status < 400)
            return new Outcome.Answered(
                    new Reply(status, body, response.headers().firstValue("ETag")));
        if (status == 500) defects.incrementAndGet();
        var refused = new Refused(
                asked.toString(),
                status,
                body.path("code").asText("none"),
                body.path("detail").asText("") + (body.has("errors") ? " " + body.get("errors") : ""));
        if (isAnswer(status, refused.code())) throw refused;
        long wait = response.headers().firstValueAsLong("Retry-After").orElse(0);
        return new Outcome.Again(refused.getMessage(), Duration.ofSeconds(wait));
    }

    private boolean isAnswer(int status, String code) {
        return switch (status) {
            case 429, 502, 503, 504 -> false;
            case 409 -> !code.equals("request-in-progress");
            case 500 -> !patience.defects();
            default -> true;
        };
    }

    private static JsonNode parse(HttpResponse<byte[]> response) {
        if (response.body().length == 0) return MissingNode.getInstance();
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            // A page, not data: only its status counts.
            return MissingNode.getInstance();
        }
    }

    private static byte[] write(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + body, e);
        }
    }

    /** Whether something answers there at all. */
    public static Optional<Integer> knock(URI address) {
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            var request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return Optional.of(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
