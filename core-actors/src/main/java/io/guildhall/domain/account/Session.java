package io.guildhall.domain.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One logged-in device: a family of refresh tokens, each used once. Tokens are known by their hash only.
 *
 * @param live tokens that may be used; more than one only after two tabs refreshed at the same moment
 * @param retired tokens used within the grace, for the second of two tabs
 */
public record Session(
        String id, String device, Instant startedAt, Instant lastUsedAt, List<String> live, List<Retired> retired) {
    /** How long after its use a token is still taken for the second of two tabs rather than for a stolen one. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    public static final Duration IDLE_LIMIT = Duration.ofDays(30);
    private static final int LIVE_LIMIT = 4;

    public record Retired(String tokenHash, Instant at) {}

    enum Verdict {
        GOOD,
        EXPIRED,
        REUSED
    }

    static Session started(String id, String device, String tokenHash, Instant now) {
        return new Session(id, device, now, now, List.of(tokenHash), List.of());
    }

    public boolean holds(String tokenHash) {
        return live.contains(tokenHash);
    }

    /** A token that is neither live nor just retired was used before: whoever knows the family had it once. */
    Verdict judge(String tokenHash, Instant now) {
        if (now.isAfter(lastUsedAt.plus(IDLE_LIMIT))) return Verdict.EXPIRED;
        if (holds(tokenHash)) return Verdict.GOOD;
        return graced(now).anyMatch(it -> it.tokenHash().equals(tokenHash)) ? Verdict.GOOD : Verdict.REUSED;
    }

    Session rotated(String used, String fresh, Instant now) {
        var nowLive = Stream.concat(live.stream().filter(it -> !it.equals(used)), Stream.of(fresh))
                .toList();
        var nowRetired = Stream.concat(
                        graced(now), live.stream().filter(used::equals).map(it -> new Retired(it, now)))
                .toList();
        var kept = nowLive.subList(Math.max(0, nowLive.size() - LIVE_LIMIT), nowLive.size());
        return new Session(id, device, startedAt, now, List.copyOf(kept), nowRetired);
    }

    private Stream<Retired> graced(Instant now) {
        return retired.stream().filter(it -> !now.isAfter(it.at().plus(GRACE)));
    }
}
