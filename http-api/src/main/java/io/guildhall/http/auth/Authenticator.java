package io.guildhall.http.auth;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.account.Revocations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Identifies the caller of a request by its access token and rejects tokens of ended sessions. The end of a session
 * takes effect within about a second. While the read model is unavailable, the last known ended sessions count, until
 * the tokens expire.
 */
public final class Authenticator implements Function<HttpRequest, Optional<Caller>>, AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;
    private final Revocations revocations;
    private final InstantSource clock;
    private final BackgroundLoop loop;
    private volatile Set<String> revoked = Set.of();

    public Authenticator(AccessTokens tokens, Revocations revocations, InstantSource clock, BackgroundLoops loops) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.clock = clock;
        this.loop = loops.start("revocations", this::pollRevocations);
    }

    @Override
    public Optional<Caller> apply(HttpRequest request) {
        var header = request.getHeader("Authorization");
        if (header.isEmpty()) return Optional.empty();
        if (!header.get().value().startsWith(SCHEME))
            throw new Problem(401, "bad-token", "Send the access token as Authorization: Bearer <token>.");
        var caller = tokens.verify(header.get().value().substring(SCHEME.length()));
        if (revoked.contains(caller.session())) throw AuthenticationService.sessionEnded();
        return Optional.of(caller);
    }

    private Duration pollRevocations() {
        revoked = revocations.since(clock.instant().minus(AccessTokens.LIFETIME));
        return POLL_INTERVAL;
    }

    @Override
    public void close() {
        loop.close();
    }
}
