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
 * Sends requests to the nodes of a cluster in turn. A request without a definite response is sent again, with the same
 * idempotency key, to the next node, until there is a response or the total timeout has passed.
 */
public final class ApiClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);

    /**
     * @param attemptTimeout for one attempt
     * @param totalTimeout for all attempts together
     * @param retriesInternalErrors whether a response with status 500 is retried
     */
    public record RetryPolicy(Duration attemptTimeout, Duration totalTimeout, boolean retriesInternalErrors) {
        public static RetryPolicy standard() {
            return new RetryPolicy(Duration.ofSeconds(20), Duration.ofSeconds(30), false);
        }

        /** For a cluster whose nodes are being killed. */
        public static RetryPolicy duringFailures() {
            return new RetryPolicy(Duration.ofSeconds(12), Duration.ofSeconds(90), true);
        }
    }

    private final List<URI> nodes;
    private final RetryPolicy retryPolicy;
    private final Optional<String> defaultToken;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger nextNode = new AtomicInteger();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong internalErrors = new AtomicLong();

    public ApiClient(List<URI> nodes, RetryPolicy retryPolicy) {
        this(nodes, retryPolicy, Optional.empty());
    }

    /** @param defaultToken sent with each request that has no access token of its own */
    public ApiClient(List<URI> nodes, RetryPolicy retryPolicy, Optional<String> defaultToken) {
        this.nodes = List.copyOf(nodes);
        this.retryPolicy = retryPolicy;
        this.defaultToken = defaultToken;
    }

    /** The number of requests that were sent again because there was no definite response. */
    public long retries() {
        return retries.get();
    }

    /** The number of responses with status 500. */
    public long internalErrors() {
        return internalErrors.get();
    }

    /**
     * @throws ProblemException if the response is a problem that a retry does not solve
     * @throws NoResponseException if there is no definite response within the total timeout
     */
    public ApiResponse send(ApiRequest request) {
        long deadline = System.nanoTime() + retryPolicy.totalTimeout().toNanos();
        var backoff = FIRST_BACKOFF;
        while (true) {
            var outcome = attempt(request);
            switch (outcome) {
                case Outcome.Success success -> {
                    return success.response();
                }
                case Outcome.Retry retry -> {
                    if (System.nanoTime() + retry.after().toNanos() > deadline)
                        throw new NoResponseException(request + " has no response: " + retry.reason());
                    retries.incrementAndGet();
                    Await.sleep(retry.after().compareTo(backoff) > 0 ? retry.after() : backoff);
                    backoff =
                            backoff.multipliedBy(2).compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : backoff.multipliedBy(2);
                }
            }
        }
    }

    private sealed interface Outcome {
        record Success(ApiResponse response) implements Outcome {}

        record Retry(String reason, Duration after) implements Outcome {}
    }

    private Outcome attempt(ApiRequest request) {
        var node = nodes.get(Math.floorMod(nextNode.getAndIncrement(), nodes.size()));
        try {
            var response = http.send(httpRequest(node, request), HttpResponse.BodyHandlers.ofByteArray());
            return outcome(request, response);
        } catch (IOException e) {
            return new Outcome.Retry(e.getClass().getSimpleName() + " " + e.getMessage(), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoResponseException(request + " was interrupted", e);
        }
    }

    private HttpRequest httpRequest(URI node, ApiRequest request) {
        var builder = HttpRequest.newBuilder(node.resolve(request.path())).timeout(retryPolicy.attemptTimeout());
        request.accessToken()
                .or(() -> defaultToken)
                .ifPresent(token -> builder.header("Authorization", "Bearer " + token));
        request.idempotencyKey().ifPresent(key -> builder.header("Idempotency-Key", key));
        request.ifMatch().ifPresent(etag -> builder.header("If-Match", etag));
        request.body().ifPresent(_ -> builder.header("Content-Type", "application/json"));
        var publisher = request.body()
                .map(body -> HttpRequest.BodyPublishers.ofByteArray(write(body)))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        return builder.method(request.method(), publisher).build();
    }

    private Outcome outcome(ApiRequest request, HttpResponse<byte[]> response) {
        var body = parse(response);
        int status = response.statusCode();
        if (status < 400)
            return new Outcome.Success(
                    new ApiResponse(status, body, response.headers().firstValue("ETag")));
        if (status == 500) internalErrors.incrementAndGet();
        var problem = new ProblemException(
                request.toString(),
                status,
                body.path("code").asText("none"),
                body.path("detail").asText("") + (body.has("errors") ? " " + body.get("errors") : ""));
        if (isDefinite(status, problem.code())) throw problem;
        long retryAfter = response.headers().firstValueAsLong("Retry-After").orElse(0);
        return new Outcome.Retry(String.valueOf(problem.getMessage()), Duration.ofSeconds(retryAfter));
    }

    private boolean isDefinite(int status, String code) {
        return switch (status) {
            case 429, 502, 503, 504 -> false;
            case 409 -> !code.equals("request-in-progress");
            case 500 -> !retryPolicy.retriesInternalErrors();
            default -> true;
        };
    }

    private static JsonNode parse(HttpResponse<byte[]> response) {
        if (response.body().length == 0) return MissingNode.getInstance();
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            // Not JSON, such as an HTML page: only its status is used.
            return MissingNode.getInstance();
        }
    }

    private static byte[] write(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + body, e);
        }
    }

    /** The status of a GET request; empty if there is no response. */
    public static Optional<Integer> probe(URI address) {
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
