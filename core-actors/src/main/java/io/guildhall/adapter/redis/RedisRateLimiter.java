package io.guildhall.adapter.redis;

import io.guildhall.port.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RScript;
import org.redisson.client.codec.StringCodec;

/**
 * Limits rates over all nodes. Each key has a token bucket that refills evenly, by the clock of Redis, and expires when
 * it is full.
 */
public final class RedisRateLimiter implements RateLimiter {
    private static final String PREFIX = "guildhall:limit:";
    /** Takes permits. Returns 0 on success, otherwise the milliseconds to wait. */
    private static final String TAKE = """
            local max = tonumber(ARGV[1])
            local window = tonumber(ARGV[2])
            local wanted = tonumber(ARGV[3])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local bucket = redis.call('HMGET', KEYS[1], 'permits', 'at')
            local permits = max
            if bucket[1] then
                permits = math.min(max, bucket[1] + math.max(0, now - bucket[2]) * max / window)
            end
            local wait = 0
            if permits < wanted then wait = math.ceil((wanted - permits) * window / max) else permits = permits - wanted end
            redis.call('HSET', KEYS[1], 'permits', string.format('%.6f', permits), 'at', string.format('%.0f', now))
            redis.call('PEXPIRE', KEYS[1], window)
            return wait
            """;

    private final Redis redis;
    private final RateLimiter local;

    /** @param local applies while Redis is unavailable */
    public RedisRateLimiter(Redis redis, RateLimiter local) {
        this.redis = redis;
        this.local = local;
    }

    @Override
    public CompletionStage<Optional<Duration>> tryAcquire(String key, int permits, Limit limit) {
        return redis.call(
                client -> {
                    long millis = client.getScript(StringCodec.INSTANCE)
                            .<Long>eval(
                                    RScript.Mode.READ_WRITE,
                                    TAKE,
                                    RScript.ReturnType.LONG,
                                    List.of(PREFIX + key),
                                    Integer.toString(limit.permits()),
                                    Long.toString(limit.window().toMillis()),
                                    Integer.toString(Math.min(permits, limit.permits())));
                    return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
                },
                () -> local.tryAcquire(key, permits, limit));
    }
}
