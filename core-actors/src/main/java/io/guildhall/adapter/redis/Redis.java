package io.guildhall.adapter.redis;

import io.guildhall.kernel.BoundedExecutor;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis. While Redis is unavailable, calls use the alternative; one call per {@link #RETRY_INTERVAL}
 * tries Redis. The start and the end of an outage are logged. Connects when it is first used.
 */
public final class Redis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_CONCURRENT = 64;
    private static final int CONNECTIONS = 16;
    private static final int THREADS = 4;
    private static final Duration RETRY_DELAY = Duration.ofMillis(50);

    private final String address;
    private final RedissonClient client;
    private final BoundedExecutor calls;
    private final AtomicBoolean isUnavailable = new AtomicBoolean();
    private final AtomicLong nextTry = new AtomicLong();

    /**
     * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} with TLS
     * @param timeout for connecting, and for each call
     */
    public Redis(URI url, Duration timeout) {
        this.address =
                url.getScheme() + "://" + url.getHost() + ":" + (url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
        this.client = Redisson.create(config(url, address, timeout));
        this.calls = new BoundedExecutor("redis", MAX_CONCURRENT, timeout, timeout);
    }

    private static Config config(URI url, String address, Duration timeout) {
        var config = new Config()
                .setLazyInitialization(true)
                .setCodec(StringCodec.INSTANCE)
                .setThreads(THREADS)
                .setNettyThreads(THREADS);
        var path = url.getPath().replace("/", "");
        int millis = Math.toIntExact(timeout.toMillis());
        config.useSingleServer()
                .setAddress(address)
                .setDatabase(path.isEmpty() ? 0 : Integer.parseInt(path))
                .setTimeout(millis)
                .setConnectTimeout(millis)
                .setRetryAttempts(1)
                .setRetryDelay(new ConstantDelay(RETRY_DELAY))
                .setReconnectionDelay(new ConstantDelay(RETRY_INTERVAL))
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setSubscriptionConnectionPoolSize(1);
        if (url.getRawUserInfo() != null) setLogin(config, url.getRawUserInfo());
        return config;
    }

    /** @param userInfo {@code user:password} or {@code :password}, percent-encoded */
    private static void setLogin(Config config, String userInfo) {
        var parts = userInfo.split(":", 2);
        if (!parts[0].isEmpty()) config.setUsername(decoded(parts[0]));
        if (parts.length > 1) config.setPassword(decoded(parts[1]));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * Returns the result of a call to Redis, or of the alternative while Redis is unavailable.
     *
     * @param call can block
     */
    <T> CompletionStage<T> call(Function<RedissonClient, T> call, Supplier<CompletionStage<T>> alternative) {
        if (!canTry()) return alternative.get();
        return calls.call(() -> call.apply(client))
                .handle((result, failure) -> {
                    if (failure == null) {
                        succeeded();
                        return CompletableFuture.<T>completedFuture(result);
                    }
                    failed(failure);
                    return alternative.get();
                })
                .thenCompose(it -> it);
    }

    private boolean canTry() {
        if (!isUnavailable.get()) return true;
        long next = nextTry.get();
        long now = System.nanoTime();
        return now - next >= 0 && nextTry.compareAndSet(next, now + RETRY_INTERVAL.toNanos());
    }

    private void succeeded() {
        if (isUnavailable.compareAndSet(true, false)) LOG.info("Redis at {} is available again", address);
    }

    private void failed(Throwable failure) {
        nextTry.set(System.nanoTime() + RETRY_INTERVAL.toNanos());
        if (isUnavailable.compareAndSet(false, true))
            LOG.warn(
                    "Redis at {} is unavailable; this node limits rates on its own and keeps tickets and presence in the"
                            + " database until Redis is available again: {}",
                    address,
                    failure.toString());
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
