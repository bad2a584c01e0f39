package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.LogContext;
import io.guildhall.http.endpoint.Call.Incoming;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.HmacSha256;
import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.port.SuspendedAccounts;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.DurationConverters;

/**
 * Serves endpoints. What applies to all of them happens here and nowhere else, in this order: routing, authentication,
 * access, headers and parameters, body, idempotency, limits of accounts, handler, error mapping, response headers.
 */
public final class Api {
    static final String CORRELATION_ID = "X-Correlation-Id";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final HttpHeader NO_STORE = RawHeader.create("Cache-Control", "no-store");

    private final Router router;
    private final Function<HttpRequest, Optional<Caller>> authenticate;
    private final SuspendedAccounts suspended;
    private final IdempotentRequests idempotentRequests;
    private final ResultWriter writer;
    private final AccountLimits limits;
    private final HmacSha256 fingerprintKey;
    private final Cors cors;
    private final List<HttpHeader> commonHeaders;
    private final TrustedProxies proxies;
    private final RequestBodies bodies;
    private final RequestMetrics metrics;
    private final InstantSource clock;
    private final Materializer materializer;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param authenticate returns the caller, or nothing for a request without an access token; throws a
     *     {@link Problem} for an invalid one
     * @param fingerprintKey the same on all nodes
     * @param commonHeaders added to every response
     * @param uploadFolder for files while they are received
     */
    public Api(
            List<Endpoint<?, ?>> endpoints,
            Function<HttpRequest, Optional<Caller>> authenticate,
            SuspendedAccounts suspended,
            IdempotencyStore idempotency,
            AccountLimits limits,
            ResultWriter writer,
            HmacSha256 fingerprintKey,
            Cors cors,
            List<HttpHeader> commonHeaders,
            TrustedProxies proxies,
            Path uploadFolder,
            MeterRegistry metrics,
            InstantSource clock,
            Materializer materializer) {
        this.router = new Router(endpoints);
        this.authenticate = authenticate;
        this.suspended = suspended;
        this.idempotentRequests = new IdempotentRequests(idempotency);
        this.limits = limits;
        this.writer = writer;
        this.fingerprintKey = fingerprintKey;
        this.cors = cors;
        this.commonHeaders = commonHeaders;
        this.proxies = proxies;
        this.bodies = new RequestBodies(uploadFolder, materializer);
        this.metrics = new RequestMetrics(metrics);
        this.clock = clock;
        this.materializer = materializer;
    }

    /** Whether an endpoint has the request's path, with any method. */
    public boolean serves(HttpRequest request) {
        return router.find(request.getUri().path()).isPresent();
    }

    /** Never fails: every failure becomes a problem response. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (cors.isPreflight(request)) {
            request.discardEntityBytes(materializer);
            return completedFuture(cors.preflight(request).addHeaders(commonHeaders));
        }
        long started = System.nanoTime();
        var correlationId = Requests.correlationId(request).orElseGet(Requests::newCorrelationId);
        var route = router.find(request.getUri().path());
        var endpoint = route.flatMap(it -> it.endpoint(request.method().name()));
        return Futures.safely(() -> respond(request, route, endpoint, correlationId))
                .exceptionally(failure -> problemResponse(failure, request, correlationId))
                .thenApply(response -> {
                    metrics.record(endpoint, response.status().intValue(), System.nanoTime() - started);
                    return endpoint.filter(it -> isCacheable(it, response))
                            .map(_ -> withHeaders(
                                    request, CachedResponses.of(request, response), correlationId, List.of()))
                            .orElseGet(() -> withHeaders(request, response, correlationId));
                });
    }

    private static boolean isCacheable(Endpoint<?, ?> endpoint, HttpResponse response) {
        return endpoint.operation().has(Feature.CACHEABLE)
                && response.status().intValue() == endpoint.operation().status();
    }

    /**
     * Responds to a request outside of the endpoints. Never fails: every failure becomes a problem response, and every
     * response has the headers of all responses.
     *
     * @param handler gets the network address of the client
     */
    public CompletionStage<HttpResponse> respond(
            HttpRequest request, Function<String, CompletionStage<HttpResponse>> handler) {
        var correlationId = Requests.correlationId(request).orElseGet(Requests::newCorrelationId);
        return Futures.safely(() -> withTimeout(handler.apply(Requests.address(request, proxies))))
                .exceptionally(failure -> problemResponse(failure, request, correlationId))
                .thenApply(response -> withHeaders(request, response, correlationId));
    }

    /** The work itself continues after the timeout; only the wait for it ends. */
    private <T> CompletionStage<T> withTimeout(CompletionStage<T> stage) {
        var response = stage.toCompletableFuture();
        if (response.isDone()) return response;
        var timeout = materializer.scheduleOnce(
                DurationConverters.toScala(TIMEOUT),
                () -> response.completeExceptionally(new TimeoutException("within " + TIMEOUT)));
        return response.whenComplete((_, _) -> timeout.cancel());
    }

    private CompletionStage<HttpResponse> respond(
            HttpRequest request,
            Optional<Router.Route> route,
            Optional<Endpoint<?, ?>> endpoint,
            String correlationId) {
        if (route.isEmpty()) throw new Problem(404, "not-found", "No such resource. The API is documented at /docs.");
        if (endpoint.isEmpty()) return completedFuture(methodNotAllowed(request, route.get(), correlationId));
        return respond(endpoint.get(), request, route.get().segments(), correlationId);
    }

    private HttpResponse methodNotAllowed(HttpRequest request, Router.Route route, String correlationId) {
        request.discardEntityBytes(materializer);
        var allowed = String.join(", ", route.methods().keySet());
        var problem = new Problem(
                405,
                "method-not-allowed",
                "This resource does not support %s. It supports %s."
                        .formatted(request.method().name(), allowed));
        return Responses.response(problem, correlationId).addHeader(RawHeader.create("Allow", allowed));
    }

    private <B, A> CompletionStage<HttpResponse> respond(
            Endpoint<B, A> endpoint, HttpRequest request, List<String> segments, String correlationId) {
        var operation = endpoint.operation();
        var caller = authenticate.apply(request);
        checkAccess(operation.access(), caller);
        checkSuspension(operation, caller);
        var ifMatch = operation.has(Feature.IF_MATCH) ? Requests.ifMatch(request) : OptionalLong.empty();
        var key = operation.has(Feature.IDEMPOTENCY_KEY) ? Requests.idempotencyKey(request) : Optional.<String>empty();
        var path = Escapes.decodePath(Router.pathParameters(operation, segments));
        var queries = QueryValues.parse(operation.queries(), request.getUri().rawQueryString());
        var address = Requests.address(request, proxies);
        return bodies.receive(operation, request, caller.map(Caller::id).orElse(address), address)
                .thenCompose(received -> withTimeout(Futures.safely(() -> {
                            @Nullable B body = RequestBodies.parse(operation, request, received.bytes());
                            var incoming = new Incoming(
                                    operation.path(),
                                    path,
                                    queries,
                                    caller,
                                    ifMatch,
                                    address,
                                    received.bytes(),
                                    received.file(),
                                    name -> request.getHeader(name).map(HttpHeader::value));
                            return key.map(it -> performOnce(endpoint, request, incoming, body, it, correlationId))
                                    .orElseGet(() -> perform(endpoint, incoming, body, newSeed(), correlationId));
                        }))
                        .whenComplete((_, _) -> received.release().run()))
                .thenApply(Responses::response);
    }

    private Seed newSeed() {
        return new Seed(clock.instant().truncatedTo(ChronoUnit.MICROS), random.nextLong());
    }

    private <B, A> CompletionStage<IdempotencyStore.StoredResponse> performOnce(
            Endpoint<B, A> endpoint,
            HttpRequest request,
            Incoming incoming,
            @Nullable B body,
            String key,
            String correlationId) {
        var fingerprint = Requests.fingerprint(fingerprintKey, request, incoming.raw());
        return idempotentRequests.handle(
                new IdempotencyStore.Request(authenticated(incoming.caller()).id(), key, fingerprint, newSeed()),
                correlationId,
                firstSeed -> perform(endpoint, incoming, body, firstSeed, correlationId));
    }

    private static void checkAccess(Access access, Optional<Caller> caller) {
        switch (access) {
            case Access.Public _ -> {}
            case Access.Authenticated _ -> authenticated(caller);
            case Access.RoleRequired required -> {
                if (!authenticated(caller).roles().contains(required.role()))
                    throw new Problem(403, "wrong-role", "This requires the role " + required.role() + ".");
            }
        }
    }

    private void checkSuspension(Operation<?> operation, Optional<Caller> caller) {
        if (operation.isOpenToSuspended() || caller.isEmpty()) return;
        if (!suspended.areKnown()) throw SuspensionProblems.unknown();
        if (suspended.contains(caller.get().id())) throw SuspensionProblems.caller();
    }

    private static Caller authenticated(Optional<Caller> caller) {
        return caller.orElseThrow(() -> new Problem(
                401, "unauthenticated", "Log in and send the access token as Authorization: Bearer <token>."));
    }

    private <B, A> CompletionStage<IdempotencyStore.StoredResponse> perform(
            Endpoint<B, A> endpoint, Incoming incoming, @Nullable B body, Seed seed, String correlationId) {
        return limits.check(endpoint.operation(), incoming)
                .thenCompose(_ -> handle(endpoint, new Call<>(incoming, body, seed, new Correlation(correlationId))))
                .thenCompose(result -> written(endpoint.operation(), result)
                        .thenApply(json -> Responses.of(endpoint.operation(), result, json)));
    }

    private CompletionStage<byte[]> written(Operation<?> operation, Object result) {
        return operation.result() == Void.class ? completedFuture(Responses.NO_BODY) : writer.write(result);
    }

    private static <B, A> CompletionStage<A> handle(Endpoint<B, A> endpoint, Call<B> call) {
        try (var _ = LogContext.open(call.correlation())) {
            return endpoint.handler().handle(call);
        }
    }

    private HttpResponse problemResponse(Throwable failure, HttpRequest request, String correlationId) {
        bodies.discard(request);
        var what = request.method().name() + " " + request.getUri().path();
        try (var _ = LogContext.open(new Correlation(correlationId))) {
            return Responses.response(ErrorMapping.problem(failure, what), correlationId);
        }
    }

    private HttpResponse withHeaders(HttpRequest request, HttpResponse response, String correlationId) {
        return withHeaders(request, response, correlationId, List.of(NO_STORE));
    }

    private HttpResponse withHeaders(
            HttpRequest request, HttpResponse response, String correlationId, List<HttpHeader> caching) {
        var headers = new ArrayList<>(commonHeaders);
        headers.addAll(cors.headers(request));
        headers.add(RawHeader.create(CORRELATION_ID, correlationId));
        headers.addAll(caching);
        return response.addHeaders(headers);
    }
}
