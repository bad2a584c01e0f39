package io.guildhall.adapter.redis;

import io.guildhall.port.Presence;
import io.guildhall.port.PresenceReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Stores reports in Redis: for each account a hash with the last report of each node. */
public final class RedisPresence implements Presence {
    private static final String PREFIX = "guildhall:presence:";
    /** Stores a report, and removes those of other nodes that have expired: this one is newer. */
    private static final String REPORT = """
            local reports = redis.call('HGETALL', KEYS[1])
            for i = 1, #reports, 2 do
                local at = tonumber(string.match(reports[i + 1], '%d+$'))
                if at < tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], reports[i]) end
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 0
            """;

    private final Redis redis;
    private final Presence database;
    private final InstantSource clock;

    /** @param database stores the reports while Redis is unavailable */
    public RedisPresence(Redis redis, Presence database, InstantSource clock) {
        this.redis = redis;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> seen(String accountId, State state, String node) {
        long now = clock.millis();
        return redis.call(
                        client -> client.getScript(StringCodec.INSTANCE)
                                .<Long>eval(
                                        RScript.Mode.READ_WRITE,
                                        REPORT,
                                        RScript.ReturnType.LONG,
                                        List.of(PREFIX + accountId),
                                        node,
                                        state + " " + now,
                                        Long.toString(now - EXPIRY.toMillis()),
                                        Long.toString(RETENTION.toMillis())),
                        () -> database.seen(accountId, state, node).thenApply(_ -> 0L))
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Map<String, Status>> of(Set<String> accountIds) {
        if (accountIds.size() > MAX_ACCOUNTS)
            throw new IllegalArgumentException(accountIds.size() + " accounts, and the maximum is " + MAX_ACCOUNTS);
        return redis.call(client -> read(client, List.copyOf(accountIds)), () -> database.of(accountIds));
    }

    private Map<String, Status> read(RedissonClient client, List<String> accountIds) {
        if (accountIds.isEmpty()) return Map.of();
        var batch = client.createBatch();
        for (var id : accountIds) {
            var _ = batch.<String, String>getMap(PREFIX + id).readAllMapAsync();
        }
        var responses = batch.execute().getResponses();
        var now = clock.instant();
        var statuses = new HashMap<String, Status>();
        for (int i = 0; i < accountIds.size(); i++)
            statuses.put(accountIds.get(i), status((Map<?, ?>) responses.get(i), now));
        return statuses;
    }

    private static Status status(Map<?, ?> reports, Instant now) {
        return PresenceReport.status(
                reports.values().stream().map(it -> report(it.toString())).toList(), now);
    }

    private static PresenceReport report(String text) {
        int space = text.indexOf(' ');
        return new PresenceReport(
                State.valueOf(text.substring(0, space)),
                Instant.ofEpochMilli(Long.parseLong(text.substring(space + 1))));
    }
}
