package io.guildhall.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.testing.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which access tokens a node accepts, depending on what it knows of ended sessions. */
class AuthenticatorTest {
    private static final Caller CALLER = new Caller("acc_1", "ses_1", Set.of(Role.CLIENT));

    private volatile Instant now = Instant.parse("2026-11-01T10:00:00Z");
    private volatile boolean isDatabaseAway;
    private volatile Set<String> ended = Set.of();

    private final KeyRing keys = new KeyRing(new InMemorySigningKeys(), "secret", () -> now, TestLoops.create());
    private final AccessTokens tokens = new AccessTokens(keys, () -> now);
    private final Authenticator authenticator;

    AuthenticatorTest() {
        isDatabaseAway = true;
        authenticator = new Authenticator(tokens, this::endedSince, () -> now, TestLoops.create());
    }

    @AfterEach
    void close() {
        authenticator.close();
        keys.close();
    }

    private Set<String> endedSince(Instant instant) {
        if (isDatabaseAway) throw new IllegalStateException("no database");
        assertThat(instant).isBefore(now.minus(AccessTokens.LIFETIME));
        return ended;
    }

    private HttpRequest request() {
        return HttpRequest.create()
                .addHeader(RawHeader.create(
                        "Authorization",
                        "Bearer " + tokens.issue(CALLER, Instant.MAX).token()));
    }

    private void assertRejected(int status, String code) {
        assertThatThrownBy(() -> authenticator.apply(request())).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.code()).isEqualTo(code);
        });
    }

    private void assertAccepted() {
        assertThat(authenticator.apply(request())).contains(CALLER);
    }

    @Test
    void rejectsEveryTokenUntilTheEndedSessionsAreLoaded() {
        assertRejected(503, "sessions-unknown");
        assertThat(authenticator.apply(HttpRequest.create()))
                .as("without a token")
                .isEmpty();
        ended = Set.of("ses_2");
        isDatabaseAway = false;
        Await.until(this::assertAccepted);
    }

    /** Libraries skip what does not belong to Base64, so that one token would have many spellings. */
    @Test
    void acceptsOneSpellingOfATokenOnly() {
        isDatabaseAway = false;
        Await.until(this::assertAccepted);
        var token = tokens.issue(CALLER, Instant.MAX).token();
        var last = token.charAt(token.length() - 1);
        var others = List.of(
                token + "=",
                token + "==",
                token + "!",
                token.replace(".", ".\u00e4"),
                token.substring(0, 20) + "*" + token.substring(20),
                // Another last character with the same meaning: its lower bits are not used.
                token.substring(0, token.length() - 1) + (char) (last + 1));
        for (var other : others)
            assertThatThrownBy(() -> tokens.verify(other))
                    .as(other)
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("bad-token"));
        assertThat(tokens.verify(token).caller()).isEqualTo(CALLER);
    }

    @Test
    void rejectsTokensOfEndedSessions() {
        ended = Set.of("ses_1");
        isDatabaseAway = false;
        Await.until(() -> assertRejected(401, "session-ended"));
    }

    @Test
    void rejectsEveryTokenWhenTheEndedSessionsCouldNotBeLoadedForAWhile() {
        isDatabaseAway = false;
        Await.until(this::assertAccepted);
        isDatabaseAway = true;
        now = now.plus(Authenticator.MAX_AGE).plus(Duration.ofSeconds(1));
        Await.until(() -> assertRejected(503, "sessions-unknown"));
        isDatabaseAway = false;
        Await.until(this::assertAccepted);
    }
}
