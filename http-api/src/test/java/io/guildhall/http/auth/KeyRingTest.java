package io.guildhall.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.SigningKeys;
import io.guildhall.testing.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with the same keys: what one of them signs, the other accepts, also while the key is changed. */
class KeyRingTest {
    private static final Caller CALLER = new Caller("acc_1", "ses_1", Set.of());

    private volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final SigningKeys store = new InMemorySigningKeys();
    private final BackgroundLoops loops = TestLoops.create();
    private final KeyRing here = new KeyRing(store, "secret", () -> now, loops);
    private final KeyRing there = new KeyRing(store, "secret", () -> now, loops);
    private final AccessTokens signing = new AccessTokens(here, () -> now);
    private final AccessTokens verifying = new AccessTokens(there, () -> now);

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static String id(KeyRing keys) {
        return keys.signing().getKeyID();
    }

    @Test
    void theFirstKeySignsAtOnceOnAllNodes() {
        assertThat(id(here)).isEqualTo(id(there));
        assertThat(verifying.verify(signing.issue(CALLER, Instant.MAX).token()).caller())
                .isEqualTo(CALLER);
    }

    @Test
    void aNewKeySignsOnlyWhenOtherNodesHaveHadTheTimeToLoadIt() {
        var first = id(here);
        pass(Duration.ofHours(1));
        here.rotate();
        assertThat(id(here)).isEqualTo(first);
        assertThat(here.jwks()).as("published before it signs").hasSize(2);
        pass(KeyRing.SIGNS_FROM_AGE.minusSeconds(1));
        assertThat(id(here)).isEqualTo(first);
        assertThat(verifying.verify(signing.issue(CALLER, Instant.MAX).token()).caller())
                .isEqualTo(CALLER);
        pass(Duration.ofSeconds(1));
        assertThat(id(here)).isNotEqualTo(first);
    }

    @Test
    void nodesLoadTheKeysOfOtherNodesByThemselves() {
        pass(Duration.ofHours(1));
        here.rotate();
        Await.until(() -> assertThat(there.jwks()).isEqualTo(here.jwks()));
        pass(KeyRing.SIGNS_FROM_AGE);
        assertThat(id(there)).isEqualTo(id(here));
        assertThat(verifying.verify(signing.issue(CALLER, Instant.MAX).token()).caller())
                .isEqualTo(CALLER);
    }

    @Test
    void anOldKeyVerifiesUntilItsLastTokenHasExpired() {
        pass(Duration.ofHours(1));
        var token = signing.issue(CALLER, Instant.MAX).token();
        here.rotate();
        pass(KeyRing.SIGNS_FROM_AGE);
        here.rotate();
        assertThat(signing.verify(token).caller()).isEqualTo(CALLER);
        pass(AccessTokens.LIFETIME.multipliedBy(2).plusSeconds(1));
        here.rotate();
        assertThat(here.jwks())
                .as("the new one, and the one that signs until then")
                .hasSize(2);
        assertThat(signing.verify(signing.issue(CALLER, Instant.MAX).token()).caller())
                .isEqualTo(CALLER);
    }

    /** The callers are routes, which run on the default dispatcher. */
    @Test
    void callersNeverWaitForTheStore() throws InterruptedException {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        var reloading = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var slow = new InMemorySigningKeys() {
            @Override
            public List<StoredKey> all() {
                if (threads.add(Thread.currentThread()) && threads.size() > 1) await();
                return super.all();
            }

            private void await() {
                reloading.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        try (var keys = new KeyRing(slow, "secret", () -> now, loops)) {
            assertThat(reloading.await(10, TimeUnit.SECONDS)).isTrue();
            var tokens = new AccessTokens(keys, () -> now);
            assertThat(tokens.verify(tokens.issue(CALLER, Instant.MAX).token()).caller())
                    .isEqualTo(CALLER);
            assertThat(keys.jwks()).hasSize(1);
            assertThat(threads)
                    .as("the thread that has started the node, and that of the loop")
                    .hasSize(2)
                    .contains(Thread.currentThread());
            released.countDown();
        }
    }

    @Test
    void rejectsATokenOfAKeyThatNobodyKnows() {
        var stranger = new KeyRing(new InMemorySigningKeys(), "other secret", () -> now, loops);
        try {
            var token = new AccessTokens(stranger, () -> now)
                    .issue(CALLER, Instant.MAX)
                    .token();
            assertThatThrownBy(() -> verifying.verify(token))
                    .isInstanceOfSatisfying(
                            Problem.class, it -> assertThat(it.status()).isEqualTo(401));
        } finally {
            stranger.close();
        }
    }
}
