package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.http.endpoint.Call.Incoming;
import io.guildhall.http.endpoint.Endpoint.Trait;
import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Claim;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.projections.readmodel.BadCursor;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Serves endpoints: finds the one that a request means, lets in whom it may, checks what comes in, does a repeated request once, and says what
 * went wrong. What cuts across all endpoints happens here, in this order, and nowhere else.
 */
public final class Api {
    static final String CORRELATION_ID = "X-Correlation-Id";
    private static final int BODY_LIMIT_BYTES = 64 * 1024;
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(5);
    private static final Duration HANDLER_PATIENCE = Duration.ofSeconds(15);
    private static final Pattern CORRELATION_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern ETAG_FORM = Pattern.compile("\"(\\d{1,18})\"");
    private static final Problem TOO_LARGE =
            new Problem(413, "too-large", "At most " + BODY_LIMIT_BYTES + " bytes are taken.");
    private static final Problem TOO_SLOW =
            new Problem(408, "body-too-slow", "The body did not arrive in time; nothing was done.");
    private static final Logger log = LoggerFactory.getLogger(Api.class);

    private final Router router;
    private final Function<HttpRequest, Optional<Caller>> authenticate;
    private final IdempotencyStore idempotency;
    private final Cors cors;
    private final List<HttpHeader> always;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Materializer materializer;
    private final SecureRandom chance = new SecureRandom();

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
        this.idempotency = idempotency;
        this.cors = cors;
        this.always = always;
        this.metrics = metrics;
        this.clock = clock;
        this.materializer = materializer;
    }

    /** Never fails: what goes wrong is answered as a problem. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (cors.isPreflight(request)) {
            request.discardEntityBytes(materializer);
            return completedFuture(cors.preflight(request));
        }
        long started = System.nanoTime();
        var correlationId = correlationId(request);
        var found = router.find(request.getUri().path());
        var endpoint = found.flatMap(it -> it.endpoint(request.method().name()));
        return safely(() -> answer(request, found, endpoint, correlationId))
                .exceptionally(failure -> explain(failure, request, correlationId))
                .thenApply(response -> {
                    measure(endpoint, request, response, started);
                    return dressed(request, response, correlationId);
                });
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
                    Answers.response(problem, correlationId).addHeader(RawHeader.create("Allow", allowed)));
        }
        return answer(endpoint.get(), request, found.get().segments(), correlationId);
    }

    private <B, A> CompletionStage<HttpResponse> answer(
            Endpoint<B, A> endpoint, HttpRequest request, List<String> segments, String correlationId) {
        var shape = endpoint.shape();
        var caller = authenticate.apply(request);
        admit(shape.access(), caller);
        var ifMatch = shape.is(Trait.IF_MATCH) ? seen(request) : OptionalLong.empty();
        var key = shape.is(Trait.IDEMPOTENCY_KEY) ? key(request) : Optional.<String>empty();
        return body(request).thenCompose(bytes -> {
            B body = body(shape, request, bytes);
            var incoming = new Incoming(
                    Router.Found.parameters(endpoint, segments),
                    queries(shape, request),
                    caller,
                    ifMatch,
                    address(request),
                    bytes,
                    headers(request));
            var seed = new Seed(clock.instant(), chance.nextLong());
            var owner = caller.map(Caller::id).orElse("nobody");
            return key.map(it -> once(endpoint, incoming, body, seed, owner, it, request, correlationId))
                    .orElseGet(() -> perform(endpoint, incoming, body, seed, correlationId)
                            .thenApply(Answers::response));
        });
    }

    private static void admit(Access access, Optional<Caller> caller) {
        switch (access) {
            case Access.Anyone _ -> {}
            case Access.LoggedIn _ -> loggedIn(caller);
            case Access.Holding holding -> {
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
        return handle(endpoint, new Call<>(incoming, body, seed), correlationId)
                .toCompletableFuture()
                .orTimeout(HANDLER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(value -> Answers.of(endpoint.shape(), value));
    }

    private static <B, A> CompletionStage<A> handle(Endpoint<B, A> endpoint, Call<B> call, String correlationId) {
        try (var _ = MDC.putCloseable("correlationId", correlationId)) {
            return endpoint.handler().handle(call);
        }
    }

    /** The same key and request again get the same answer; what failed without one may be sent again and makes the same identities. */
    private <B, A> CompletionStage<HttpResponse> once(
            Endpoint<B, A> endpoint,
            Incoming incoming,
            B body,
            Seed seed,
            String owner,
            String key,
            HttpRequest request,
            String correlationId) {
        var fingerprint = fingerprint(request, incoming.raw());
        return idempotency.claim(owner, key, fingerprint, seed).thenCompose(claim -> switch (claim) {
            case Claim.Answered answered -> completedFuture(Answers.response(answered.answer()));
            case Claim.OtherRequest _ ->
                failedFuture(new Problem(
                        422,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for another request; choose a new one."));
            case Claim.InProgress _ ->
                failedFuture(Problem.later(
                        409, "request-in-progress", "The same request is being worked on; ask again shortly.", 1));
            case Claim.Fresh fresh ->
                safely(() -> perform(endpoint, incoming, body, fresh.seed(), correlationId))
                        .exceptionallyCompose(failure -> refused(failure, correlationId))
                        .thenCompose(answer ->
                                idempotency.complete(owner, key, answer).thenApply(_ -> Answers.response(answer)))
                        .exceptionallyCompose(failure -> idempotency
                                .release(owner, key)
                                .handle((_, _) -> null)
                                .thenCompose(_ -> failedFuture(failure)));
        });
    }

    /** A definite refusal is an answer to keep; anything else leaves the outcome open. */
    private static CompletionStage<IdempotencyStore.Answer> refused(Throwable failure, String correlationId) {
        return cause(failure) instanceof Problem problem && problem.status() < 500 && problem.retryAfterSeconds() == 0
                ? completedFuture(Answers.of(problem, correlationId))
                : failedFuture(failure);
    }

    private HttpResponse explain(Throwable failure, HttpRequest request, String correlationId) {
        // What is left unread of a body holds up its connection.
        if (!request.entity().isStrict()) request.discardEntityBytes(materializer);
        var cause = cause(failure);
        var problem = switch (cause) {
            case Problem it -> it;
            case BadCursor _ ->
                new Problem(400, "bad-cursor", "A cursor is the next of a page before, as it was sent.");
            case EntityStreamSizeException _ -> TOO_LARGE;
            case TimeoutException _ -> {
                log.warn(
                        "{} {} had no answer in time [{}]",
                        request.method().name(),
                        request.getUri().path(),
                        correlationId);
                yield Problem.later(
                        503,
                        "outcome-unknown",
                        "No answer in time: it may or may not have been done. Send it again, with the same Idempotency-Key.",
                        2);
            }
            default -> {
                log.error(
                        "{} {} failed [{}]",
                        request.method().name(),
                        request.getUri().path(),
                        correlationId,
                        cause);
                yield new Problem(
                        500, "internal", "Something broke on our side; tell us the correlation id if it stays so.");
            }
        };
        return Answers.response(problem, correlationId);
    }

    private HttpResponse dressed(HttpRequest request, HttpResponse response, String correlationId) {
        return response.addHeaders(Stream.of(
                        always.stream(),
                        cors.headers(request),
                        Stream.<HttpHeader>of(
                                RawHeader.create(CORRELATION_ID, correlationId),
                                RawHeader.create("Cache-Control", "no-store")))
                .flatMap(it -> it)
                .toList());
    }

    private void measure(Optional<Endpoint<?, ?>> endpoint, HttpRequest request, HttpResponse response, long started) {
        metrics.timer(
                        "guildhall.http",
                        "method",
                        endpoint.map(_ -> request.method().name()).orElse("other"),
                        "path",
                        endpoint.map(it -> it.shape().path()).orElse("other"),
                        "status",
                        Integer.toString(response.status().intValue()))
                .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }

    private CompletionStage<byte[]> body(HttpRequest request) {
        if (request.entity().getContentLengthOption().orElse(0) > BODY_LIMIT_BYTES) throw TOO_LARGE;
        return request.entity()
                .withSizeLimit(BODY_LIMIT_BYTES)
                .toStrict(BODY_PATIENCE.toMillis(), materializer)
                .thenApply(entity -> entity.getData().toArrayUnsafe())
                .exceptionallyCompose(
                        failure -> failedFuture(cause(failure) instanceof TimeoutException ? TOO_SLOW : failure));
    }

    private static <B> B body(Endpoint.Shape<B, ?> shape, HttpRequest request, byte[] bytes) {
        if (shape.body() == Void.class || shape.is(Trait.RAW_BODY)) return null;
        if (!request.entity().getContentType().mediaType().toString().equals("application/json"))
            throw new Problem(415, "not-json", "Send the body as application/json.");
        return Json.read(bytes, shape.body());
    }

    private static Map<String, String> queries(Endpoint.Shape<?, ?> shape, HttpRequest request) {
        if (shape.queries().isEmpty()) return Map.of();
        var given = query(request);
        var known = new HashMap<String, String>();
        for (var query : shape.queries())
            given.get(query.name()).ifPresent(value -> {
                if (value.length() > 500 || value.indexOf(0) >= 0)
                    throw new Problem(400, "bad-query", query.name() + " is a text of at most 500 characters.");
                known.put(query.name(), value);
            });
        return known;
    }

    private static Query query(HttpRequest request) {
        try {
            return request.getUri().query();
        } catch (IllegalUriException e) {
            throw new Problem(400, "bad-query", "What follows the question mark is not well-formed.");
        }
    }

    private static OptionalLong seen(HttpRequest request) {
        var header = request.getHeader("If-Match")
                .orElseThrow(() -> new Problem(
                        428,
                        "if-match-required",
                        "Read it first, and send its ETag as If-Match, so that no edit is lost."));
        var form = ETAG_FORM.matcher(header.value());
        if (!form.matches())
            throw new Problem(400, "bad-if-match", "If-Match is the ETag as it was sent, with its quotes.");
        return OptionalLong.of(Long.parseLong(form.group(1)));
    }

    private static Optional<String> key(HttpRequest request) {
        var key = request.getHeader("Idempotency-Key").map(HttpHeader::value);
        if (key.isPresent() && !KEY_FORM.matcher(key.get()).matches())
            throw new Problem(
                    400,
                    "bad-idempotency-key",
                    "An Idempotency-Key is 1 to 128 printable ASCII characters, no spaces.");
        return key;
    }

    private static String fingerprint(HttpRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.method().name() + " " + request.getUri().path() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private String correlationId(HttpRequest request) {
        return request.getHeader(CORRELATION_ID)
                .map(HttpHeader::value)
                .filter(it -> CORRELATION_FORM.matcher(it).matches())
                .orElseGet(() -> HexFormat.of().toHexDigits(chance.nextLong()));
    }

    private static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(it -> it.getAddress())
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }

    private static Map<String, String> headers(HttpRequest request) {
        var headers = new HashMap<String, String>();
        request.getHeaders().forEach(it -> headers.put(it.name().toLowerCase(Locale.ROOT), it.value()));
        return headers;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? cause(wrapped.getCause())
                : failure;
    }

    private interface Step<T> {
        CompletionStage<T> take();
    }

    /** What is thrown while a stage is made fails the stage. */
    private static <T> CompletionStage<T> safely(Step<T> step) {
        try {
            return step.take();
        } catch (RuntimeException e) {
            return failedFuture(e);
        }
    }
}
