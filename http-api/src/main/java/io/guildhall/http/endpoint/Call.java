package io.guildhall.http.endpoint;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Ids;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One request to an endpoint, after authorisation and validation. */
public final class Call<B> {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final Incoming incoming;
    private final B body;
    private final Seed seed;
    private final Correlation correlation;
    private final SplittableRandom chance;

    /** What is known of a request besides its body. */
    public record Incoming(
            Map<String, String> path,
            Map<String, String> query,
            Optional<Caller> who,
            OptionalLong ifMatch,
            String address,
            byte[] raw,
            Function<String, Optional<String>> header) {}

    public Call(Incoming incoming, B body, Seed seed, Correlation correlation) {
        this.incoming = incoming;
        this.body = body;
        this.seed = seed;
        this.correlation = correlation;
        this.chance = new SplittableRandom(seed.chance());
    }

    public B body() {
        return body;
    }

    public String pathParameter(String name) {
        return incoming.path().get(name);
    }

    /** @throws Problem 404, as for anything that is not there, where the path cannot name such a thing */
    public String pathId(String name, String prefix) {
        var id = pathParameter(name);
        if (!Ids.looksLike(prefix, id)) throw new Problem(404, "not-found", "There is no such thing.");
        return id;
    }

    /** @throws Problem 400 where it is not a number as one writes it: digits 0 to 9, no sign, no leading zero */
    public int pathNumber(String name) {
        return decimal(pathParameter(name))
                .orElseThrow(
                        () -> new Problem(400, "bad-path", name + " is a whole number such as 7, in plain digits."));
    }

    /** One number has one spelling, so that no two paths mean the same thing. */
    private static OptionalInt decimal(String text) {
        try {
            return DECIMAL.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(incoming.query().get(name));
    }

    /** @throws Problem 400 with this code where it is there and is no whole number from least to most */
    public int query(String name, int unsaid, int least, int most, String code) {
        var text = query(name);
        if (text.isEmpty()) return unsaid;
        int number = decimal(text.get()).orElse(-1);
        if (number < least || number > most)
            throw new Problem(400, code, "%s is a whole number from %d to %d.".formatted(name, least, most));
        return number;
    }

    /** Which part of a list is asked for, by {@code limit} and {@code cursor}. */
    public Page.Request page() {
        try {
            int limit = query("limit").map(it -> decimal(it).orElse(0)).orElse(Page.Request.DEFAULT_LIMIT);
            return new Page.Request(limit, query("cursor"));
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "bad-page", "limit is a number from 1 to " + Page.Request.MAX_LIMIT + ".");
        }
    }

    /** Present wherever the endpoint asks for more than {@link Access.Public}. */
    public Caller caller() {
        return incoming.who().orElseThrow();
    }

    public Optional<Caller> optionalCaller() {
        return incoming.who();
    }

    /** The revision that the caller has seen; present wherever the endpoint edits. */
    public long expectedRevision() {
        return incoming.ifMatch().orElseThrow();
    }

    /** The network address that the request came from. */
    public String clientAddress() {
        return incoming.address();
    }

    /** The body's bytes as they came. */
    public byte[] rawBody() {
        return incoming.raw();
    }

    public Optional<String> header(String name) {
        return incoming.header().apply(name);
    }

    /** Names this request in logs, and in the journal beside whatever comes of it. */
    public Correlation correlation() {
        return correlation;
    }

    /** When this was asked for the first time. */
    public Instant requestedAt() {
        return seed.at();
    }

    /** A new identity; the same ones in the same order when the same request is sent again under its idempotency key. */
    public String newId(String prefix) {
        return Ids.mint(prefix, seed.at(), chance);
    }
}
