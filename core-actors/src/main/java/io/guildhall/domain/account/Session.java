package io.guildhall.domain.account;

import io.guildhall.kernel.Personal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A login on one device: a chain of refresh tokens, each of which is used once. Only hashes of tokens are stored.
 *
 * @param live tokens that can be used; more than one only after two tabs refreshed at the same time
 * @param retired tokens used within the grace period
 */
public record Session(
        String id,
        @Personal String device,
        Instant startedAt,
        Instant lastUsedAt,
        List<String> live,
        List<Retired> retired) {
    /**
     * How long after its use a token is still accepted, because a second tab can send it. Later it counts as stolen.
     */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** A session expires when it is not refreshed for this time. */
    public static final Duration IDLE_LIMIT = Duration.ofDays(30);

    private static final int MAX_LIVE = 4;

    public record Retired(String tokenHash, Instant at) {}

    enum TokenState {
        VALID,
        EXPIRED,
        REUSED
    }

    static Session started(String id, String device, String tokenHash, Instant now) {
        return new Session(id, device, now, now, List.of(tokenHash), List.of());
    }

    public boolean hasToken(String tokenHash) {
        return live.contains(tokenHash);
    }

    /**
     * A token that is neither live nor recently retired must have been used before, since only a holder of the session
     * can know it.
     */
    TokenState check(String tokenHash, Instant now) {
        if (now.isAfter(lastUsedAt.plus(IDLE_LIMIT))) return TokenState.EXPIRED;
        if (hasToken(tokenHash)) return TokenState.VALID;
        return inGracePeriod(now).anyMatch(it -> it.tokenHash().equals(tokenHash))
                ? TokenState.VALID
                : TokenState.REUSED;
    }

    Session withToken(String usedHash, String freshHash, Instant now) {
        var newLive = Stream.concat(live.stream().filter(it -> !it.equals(usedHash)), Stream.of(freshHash))
                .toList();
        var newRetired = Stream.concat(
                        inGracePeriod(now),
                        live.stream().filter(usedHash::equals).map(it -> new Retired(it, now)))
                .toList();
        var limited = newLive.subList(Math.max(0, newLive.size() - MAX_LIVE), newLive.size());
        return new Session(id, device, startedAt, now, List.copyOf(limited), newRetired);
    }

    private Stream<Retired> inGracePeriod(Instant now) {
        return retired.stream().filter(it -> !now.isAfter(it.at().plus(GRACE)));
    }
}
