package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.actors.LogContext;
import io.guildhall.http.endpoint.Call.Incoming;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.PlainText;
import io.guildhall.port.FileStore;
import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Seed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import scala.jdk.javaapi.DurationConverters;

/**
 * Serves endpoints: finds the one that a request means, lets in whom it may, checks what comes in, does a repeated request once, and says what
 * went wrong. What cuts across all endpoints happens here, in this order, and nowhere else.
 */
public final class Api {
    static final String CORRELATION_ID = "X-Correlation-Id";
    static final int BODY_LIMIT_BYTES = 64 * 1024;
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FILE_PATIENCE = Duration.ofSeconds(15);
    /** Files are received whole: so many at once fit beside everything else. */
    private static final int UPLOADS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpHeader NOT_KEPT = RawHeader.create("Cache-Control", "no-store");

    private final Router router;
    private final Function<HttpRequest, Optional<Caller>> authenticate;
    private final IdempotentRequests repeats;
    private final Cors cors;
    private final List<HttpHeader> always;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Materializer materializer;
    private final SecureRandom chance = new SecureRandom();
    private final Semaphore uploads = new Semaphore(UPLOADS);
    // Looking a timer up by its tags costs more than recording in it.
    private final Map<Measured, Timer> timers = new ConcurrentHashMap<>();

    private record Measured(String method, String path, int status) {}

    /**
     * @param authenticate who calls, nobody where there is no token; fails with a {@link Problem} where there is a bad one
     * @param always headers that every answer carries
     */
    public Api(
            List<Endpoint<?, ?>> endpoints,
            Function<HttpRequest, Optional<Caller>> authenticate,
            IdempotencyStore idempotency,
            Cors cors,
            List<HttpHeader> always,
            MeterRegistry metrics,
            InstantSource clock,
            Materializer materializer) {
        this.router = new Router(endpoints);
        this.authenticate = authenticate;
        this.repeats = new IdempotentRequests(idempotency);
        this.cors = cors;
        this.always = always;
        this.metrics = metrics;
        this.clock = clock;
        this.materializer = materializer;
    }

    /** Whether there is anything at a request's path, by whatever method. */
    public boolean serves(HttpRequest request) {
        return router.find(request.getUri().path()).isPresent();
    }

    /** Never fails: what goes wrong is answered as a problem. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (cors.isPreflight(request)) {
            request.discardEntityBytes(materializer);
            return completedFuture(cors.preflight(request).addHeaders(always));
        }
        long started = System.nanoTime();
        var correlationId = Requests.correlationId(request)
                .orElseGet(() ->
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        var found = router.find(request.getUri().path());
        var endpoint = found.flatMap(it -> it.endpoint(request.method().name()));
        return inTime(Futures.safely(() -> answer(request, found, endpoint, correlationId)))
                .exceptionally(failure -> explain(failure, request, correlationId))
                .thenApply(response -> {
                    measure(endpoint, request, response, started);
                    return dressed(request, response, correlationId);
                });
    }

    /** What is under way goes on; only the wait for it ends. */
    private CompletionStage<HttpResponse> inTime(CompletionStage<HttpResponse> answering) {
        var answer = answering.toCompletableFuture();
        if (answer.isDone()) return answer;
        var bound = materializer.scheduleOnce(
                DurationConverters.toScala(PATIENCE),
                () -> answer.completeExceptionally(new TimeoutException("within " + PATIENCE)));
        return answer.whenComplete((_, _) -> bound.cancel());
    }

    private CompletionStage<HttpResponse> answer(
            HttpRequest request,
            Optional<Router.Found> found,
            Optional<Endpoint<?, ?>> endpoint,
            String correlationId) {
        if (found.isEmpty()) throw new Problem(404, "not-found", "There is nothing at this address; see /docs.");
        if (endpoint.isEmpty()) {
            var allowed = String.join(", ", found.get().methods().keySet());
            var problem = new Problem(405, "method-not-allowed", "Here one may " + allowed + ".");
            request.discardEntityBytes(materializer);
            return completedFuture(
                    Responses.response(problem, correlationId).addHeader(RawHeader.create("Allow", allowed)));
        }
        return answer(endpoint.get(), request, found.get().segments(), correlationId);
    }

    private <B, A> CompletionStage<HttpResponse> answer(
            Endpoint<B, A> endpoint, HttpRequest request, List<String> segments, String correlationId) {
        var operation = endpoint.operation();
        var caller = authenticate.apply(request);
        admit(operation.access(), caller);
        var ifMatch = operation.has(Feature.IF_MATCH) ? Requests.seenRevision(request) : OptionalLong.empty();
        var key = operation.has(Feature.IDEMPOTENCY_KEY) ? Requests.idempotencyKey(request) : Optional.<String>empty();
        var path = Escapes.decodePath(Router.Found.parameters(endpoint, segments));
        var queries = QueryValues.parse(operation.queries(), request.getUri().rawQueryString());
        return received(operation, request).thenCompose(bytes -> {
            B body = body(operation, request, bytes);
            var incoming = new Incoming(
                    path,
                    queries,
                    caller,
                    ifMatch,
                    Requests.address(request),
                    bytes,
                    name -> request.getHeader(name).map(HttpHeader::value));
            var seed = new Seed(clock.instant(), chance.nextLong());
            var owner = caller.map(Caller::id).orElse("nobody");
            return key.map(it -> repeats.once(
                            new IdempotentRequests.Sent(owner, it, Requests.fingerprint(request, bytes)),
                            seed,
                            correlationId,
                            first -> perform(endpoint, incoming, body, first, correlationId)))
                    .orElseGet(() -> perform(endpoint, incoming, body, seed, correlationId))
                    .thenApply(Responses::response);
        });
    }

    private static void admit(Access access, Optional<Caller> caller) {
        switch (access) {
            case Access.Public _ -> {}
            case Access.Authenticated _ -> loggedIn(caller);
            case Access.RoleRequired holding -> {
                if (!loggedIn(caller).roles().contains(holding.role()))
                    throw new Problem(403, "wrong-role", "Only who has the role " + holding.role() + " may do this.");
            }
        }
    }

    private static Caller loggedIn(Optional<Caller> caller) {
        return caller.orElseThrow(() ->
                new Problem(401, "unauthenticated", "Log in and send the access token as Authorization: Bearer …."));
    }

    private <B, A> CompletionStage<IdempotencyStore.Answer> perform(
            Endpoint<B, A> endpoint, Incoming incoming, B body, Seed seed, String correlationId) {
        return handle(endpoint, new Call<>(incoming, body, seed, new Correlation(correlationId)))
                .thenApply(value -> Responses.of(endpoint.operation(), value));
    }

    private static <B, A> CompletionStage<A> handle(Endpoint<B, A> endpoint, Call<B> call) {
        try (var _ = LogContext.of(call.correlation())) {
            return endpoint.handler().handle(call);
        }
    }

    private HttpResponse explain(Throwable failure, HttpRequest request, String correlationId) {
        // What is left unread of a body holds up its connection.
        if (!request.entity().isStrict()) request.discardEntityBytes(materializer);
        var what = request.method().name() + " " + request.getUri().path();
        try (var _ = LogContext.of(new Correlation(correlationId))) {
            return Responses.response(ErrorMapping.explain(failure, what), correlationId);
        }
    }

    private HttpResponse dressed(HttpRequest request, HttpResponse response, String correlationId) {
        var headers = new ArrayList<>(always);
        headers.addAll(cors.headers(request));
        headers.add(RawHeader.create(CORRELATION_ID, correlationId));
        headers.add(NOT_KEPT);
        return response.addHeaders(headers);
    }

    private void measure(Optional<Endpoint<?, ?>> endpoint, HttpRequest request, HttpResponse response, long started) {
        var measured = new Measured(
                endpoint.map(_ -> request.method().name()).orElse("other"),
                endpoint.map(it -> it.operation().path()).orElse("other"),
                response.status().intValue());
        timers.computeIfAbsent(measured, this::timer).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Measured it) {
        return metrics.timer(
                "guildhall.http", "method", it.method(), "path", it.path(), "status", Integer.toString(it.status()));
    }

    private CompletionStage<byte[]> received(Operation<?> operation, HttpRequest request) {
        if (!operation.has(Feature.FILE_BODY)) return body(request, BODY_LIMIT_BYTES, BODY_PATIENCE);
        if (!uploads.tryAcquire())
            throw Problem.later(503, "busy", "So many files are being received; send it again in a moment.", 2);
        return Futures.safely(() -> body(request, FileStore.LARGEST_BYTES, FILE_PATIENCE))
                .whenComplete((_, _) -> uploads.release());
    }

    private CompletionStage<byte[]> body(HttpRequest request, int limit, Duration patience) {
        if (request.entity().getContentLengthOption().orElse(0) > limit) throw ErrorMapping.tooLarge(limit);
        if (request.entity() instanceof HttpEntity.Strict whole)
            return completedFuture(whole.getData().toArrayUnsafe());
        return request.entity()
                .withSizeLimit(limit)
                .toStrict(patience.toMillis(), materializer)
                .thenApply(entity -> entity.getData().toArrayUnsafe())
                .exceptionallyCompose(failure -> failedFuture(
                        Futures.cause(failure) instanceof TimeoutException ? ErrorMapping.TOO_SLOW : failure));
    }

    private static <B> B body(Operation<B> operation, HttpRequest request, byte[] bytes) {
        if (operation.has(Feature.RAW_BODY)) checkRaw(bytes);
        if (!operation.acceptsJson()) return null;
        if (!request.entity().getContentType().mediaType().toString().equals("application/json"))
            throw new Problem(415, "not-json", "Send the body as application/json.");
        return Json.read(bytes, operation.body());
    }

    private static void checkRaw(byte[] bytes) {
        if (Utf8.text(bytes).filter(PlainText::is).isEmpty())
            throw new Problem(400, "malformed", "The body is a text in UTF-8, without control characters.");
    }
}
