package io.guildhall.http.endpoint;

import static java.util.Objects.requireNonNull;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Ids;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to an endpoint, after the access check and validation. */
public final class Call<B> {
    private final Incoming incoming;
    private final @Nullable B body;
    private final Seed seed;
    private final Correlation correlation;
    private final SplittableRandom random;

    /**
     * The parts of a request, without the parsed body.
     *
     * @param template the path of the endpoint, with the names of its parameters
     * @param path the values of the path's parameters
     * @param address the network address that the request came from
     * @param raw the bytes of the body; the digest of its content if it is a file
     * @param file present if the body is a file
     * @param header finds a header by name
     */
    public record Incoming(
            String template,
            Map<String, String> path,
            QueryValues query,
            Optional<Caller> caller,
            OptionalLong ifMatch,
            String address,
            byte[] raw,
            Optional<UploadedFile> file,
            Function<String, Optional<String>> header) {}

    public Call(Incoming incoming, @Nullable B body, Seed seed, Correlation correlation) {
        this.incoming = incoming;
        this.body = body;
        this.seed = seed;
        this.correlation = correlation;
        this.random = new SplittableRandom(seed.random());
    }

    /** The parsed body of an operation that accepts one. */
    public B body() {
        return requireNonNull(body);
    }

    public String pathParameter(String name) {
        return requireNonNull(incoming.path().get(name), name);
    }

    /** @throws Problem 404 if the parameter cannot be an id with this prefix, as for an id that does not exist */
    public String pathId(String name, String prefix) {
        var id = pathParameter(name);
        if (!Ids.isWellFormed(prefix, id)) throw new Problem(404, "not-found", "No such resource.");
        return id;
    }

    /** @throws Problem 400 if the parameter is not a whole number in plain digits, without sign or leading zero */
    public int pathNumber(String name) {
        return QueryFormat.wholeNumber(pathParameter(name))
                .filter(number -> number <= Integer.MAX_VALUE)
                .map(Math::toIntExact)
                .orElseThrow(() ->
                        new Problem(400, "bad-path", name + " must be a whole number such as 7, in plain digits."));
    }

    /** @throws IllegalArgumentException if the endpoint does not declare the query */
    public <T> T query(Query<T> query) {
        return incoming.query().get(query);
    }

    /** Whether the request has the parameter. */
    public boolean has(Query<?> query) {
        return incoming.query().raw().containsKey(query.name());
    }

    /** Returns the value of an absent parameter if the endpoint does not declare the query. */
    public <T> T queryIfDeclared(Query<T> query) {
        return incoming.query().getIfDeclared(query);
    }

    /**
     * The requested part of a list, by {@link Query#LIMIT} and {@link Query#CURSOR}. A cursor is valid for the same
     * path and the same values of the other queries only, except those that may {@linkplain Query#isSelecting change}
     * between pages.
     */
    public Page.Request page() {
        return new Page.Request(
                query(Query.LIMIT),
                query(Query.CURSOR),
                Selection.hash(incoming.template(), incoming.path(), incoming.query()));
    }

    /** Present unless the endpoint is {@link Access.Public}. */
    public Caller caller() {
        return incoming.caller().orElseThrow();
    }

    public Optional<Caller> optionalCaller() {
        return incoming.caller();
    }

    /** The revision that the caller read; present if the endpoint requires If-Match. */
    public long expectedRevision() {
        return incoming.ifMatch().orElseThrow();
    }

    /** The network address that the request came from. */
    public String clientAddress() {
        return incoming.address();
    }

    /** The bytes of the body as they were sent. */
    public byte[] rawBody() {
        return incoming.raw();
    }

    /** The file of an endpoint that receives one. It is deleted after the response. */
    public UploadedFile file() {
        return incoming.file().orElseThrow();
    }

    public Optional<String> header(String name) {
        return incoming.header().apply(name);
    }

    /** Identifies this request in logs and in the metadata of the events that it causes. */
    public Correlation correlation() {
        return correlation;
    }

    /** When this request arrived, or arrived first if it is repeated under its idempotency key. */
    public Instant requestedAt() {
        return seed.at();
    }

    /** Whether the request has an idempotency key: then it may have been executed before, with the same new ids. */
    public boolean isRepeatable() {
        return header(Requests.KEY_HEADER).isPresent();
    }

    /** A new id. A request that is repeated under its idempotency key gets the same ids in the same order. */
    public String newId(String prefix) {
        return Ids.generate(prefix, seed.at(), random);
    }
}
