package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.account.Revocations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who calls: believes a good token whose session has not been ended. An ended session is known here within about a second; should the
 * read model be silent for longer, the last known ones count, and the tokens run out by themselves.
 */
public final class Authenticator implements Function<HttpRequest, Optional<Caller>>, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String SCHEME = "Bearer ";
    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);

    private final AccessTokens tokens;
    private final Revocations revocations;
    private final InstantSource clock;
    private final Thread thread;
    private volatile Set<String> revoked = Set.of();

    public Authenticator(AccessTokens tokens, Revocations revocations, InstantSource clock) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("revocations").start(this::follow);
    }

    @Override
    public Optional<Caller> apply(HttpRequest request) {
        var header = request.getHeader("Authorization");
        if (header.isEmpty()) return Optional.empty();
        if (!header.get().value().startsWith(SCHEME))
            throw new Problem(401, "bad-token", "Send the access token as Authorization: Bearer ….");
        var caller = tokens.verify(header.get().value().substring(SCHEME.length()));
        if (revoked.contains(caller.session()))
            throw new Problem(401, "session-ended", "This session was ended; log in again.");
        return Optional.of(caller);
    }

    private void follow() {
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                revoked = revocations.since(clock.instant().minus(AccessTokens.LIFE));
                failing = false;
                TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing) log.warn("Ended sessions cannot be read; the last known ones count: {}", e.getMessage());
                failing = true;
                if (pauseInterrupted()) return;
            }
        }
    }

    private static boolean pauseInterrupted() {
        try {
            TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
