package io.guildhall.http.auth;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.account.EndedSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Identifies the caller of a request by its access token and rejects tokens of ended sessions. The end of a session
 * takes effect within about a second. A node that has never loaded the ended sessions, or not for
 * {@link #MAX_AGE}, rejects every request with a token: it cannot know whether the session has ended.
 */
public final class Authenticator implements Function<HttpRequest, Optional<Caller>>, Identities, AutoCloseable {
    /** How long the ended sessions that were loaded last count. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    /** The clocks of nodes differ: a token of an ended session may still be valid somewhere after its lifetime. */
    private static final Duration LOOK_BACK = AccessTokens.LIFETIME.multipliedBy(2);

    private static final String SCHEME = "Bearer ";

    /** @param at the time before they were loaded */
    private record Loaded(Set<String> endedSessions, Instant at) {
        static final Loaded NEVER = new Loaded(Set.of(), Instant.MIN);
    }

    private final AccessTokens tokens;
    private final EndedSessions sessions;
    private final InstantSource clock;
    private final BackgroundLoop loop;
    private volatile Loaded loaded = Loaded.NEVER;

    public Authenticator(AccessTokens tokens, EndedSessions sessions, InstantSource clock, BackgroundLoops loops) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.clock = clock;
        this.loop = loops.start("ended-sessions", this::load);
    }

    @Override
    public Optional<Caller> apply(HttpRequest request) {
        var header = request.getHeader("Authorization");
        if (header.isEmpty()) return Optional.empty();
        if (!header.get().value().startsWith(SCHEME))
            throw new Problem(401, "bad-token", "Send the access token as Authorization: Bearer <token>.");
        return Optional.of(
                identify(header.get().value().substring(SCHEME.length())).caller());
    }

    @Override
    public Identity identify(String token) {
        var identity = tokens.verify(token);
        requireActive(identity.caller().session());
        return identity;
    }

    @Override
    public void requireActive(String session) {
        if (endedSessions().contains(session)) throw AuthenticationService.sessionEnded();
    }

    private Set<String> endedSessions() {
        var last = loaded;
        if (last.at().isBefore(clock.instant().minus(MAX_AGE)))
            throw Problem.later(
                    503,
                    "sessions-unknown",
                    "This node cannot check access tokens at the moment. Repeat the request.",
                    2);
        return last.endedSessions();
    }

    private Duration load() {
        var now = clock.instant();
        loaded = new Loaded(sessions.since(now.minus(LOOK_BACK)), now);
        return POLL_INTERVAL;
    }

    @Override
    public void close() {
        loop.close();
    }
}
