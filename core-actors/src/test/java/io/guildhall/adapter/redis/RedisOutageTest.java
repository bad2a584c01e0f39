package io.guildhall.adapter.redis;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.guildhall.Await;
import io.guildhall.adapter.local.LocalRateLimiter;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.LiveTickets.Session;
import io.guildhall.port.Presence;
import io.guildhall.port.Presence.State;
import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import io.guildhall.testing.MemoryLiveTickets;
import io.guildhall.testing.MemoryPresence;
import io.guildhall.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** While Redis is unavailable, nothing fails: limits are local, and tickets and presence are in the database. */
class RedisOutageTest {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Limit THREE_PER_HOUR = new Limit(3, Duration.ofHours(1));
    private static final Session ANN = new Session("acc_ann", "ses_1", Set.of(), Instant.EPOCH);

    private final SettableClock clock = new SettableClock();
    private final TestRedis server = new TestRedis();
    private final Redis redis = new Redis(server.url(), Duration.ofSeconds(2));
    private final RateLimiter limiter = new RedisRateLimiter(redis, new LocalRateLimiter(clock));
    private final LiveTickets tickets = new RedisLiveTickets(redis, new MemoryLiveTickets(clock), clock);
    private final Presence presence = new RedisPresence(redis, new MemoryPresence(clock), clock);

    private final Logger log = (Logger) LoggerFactory.getLogger(Redis.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stop() {
        log.detachAppender(logged);
        redis.close();
        server.close();
    }

    private List<Level> levels() {
        return List.copyOf(logged.list).stream().map(ILoggingEvent::getLevel).toList();
    }

    private void awaitUse() {
        Await.until(() -> {
            result(limiter.tryAcquire("probe", new Limit(1_000, Duration.ofSeconds(1))));
            assertThat(levels()).endsWith(Level.INFO);
        });
    }

    @Test
    void worksBeforeRedisIsFirstAvailableAndUsesItLater() {
        assertThat(IntStream.range(0, 10)
                        .filter(_ -> result(limiter.tryAcquire("login", THREE_PER_HOUR))
                                .isEmpty()))
                .hasSize(3);
        assertThat(levels()).containsExactly(Level.WARN);
        server.start();
        awaitUse();
        assertThat(result(limiter.tryAcquire("login", THREE_PER_HOUR))).isEmpty();
        assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void worksWhileRedisIsUnavailableAndWarnsOnceForEachOutage() {
        server.start();
        assertThat(result(limiter.tryAcquire("login", THREE_PER_HOUR))).isEmpty();
        var beforeOutage = result(tickets.issue(ANN, LIFETIME));
        result(presence.seen("acc_ann", State.ONLINE, "a"));
        assertThat(levels()).isEmpty();

        server.stop();
        for (int i = 0; i < 3; i++)
            assertThat(result(limiter.tryAcquire("login", THREE_PER_HOUR))).isEmpty();
        assertThat(result(limiter.tryAcquire("login", THREE_PER_HOUR))).isPresent();
        var inOutage = result(tickets.issue(ANN, LIFETIME));
        assertThat(result(tickets.redeem(inOutage))).contains(ANN);
        assertThat(result(tickets.redeem(inOutage))).isEmpty();
        // It may have been redeemed. The client requests another.
        assertThat(result(tickets.redeem(beforeOutage))).isEmpty();
        result(presence.seen("acc_ann", State.AWAY, "a"));
        assertThat(result(presence.of(Set.of("acc_ann"))))
                .isEqualTo(Map.of("acc_ann", new Presence.Status(State.AWAY, Optional.of(clock.instant()))));
        assertThat(levels()).containsExactly(Level.WARN);

        var issuedBeforeReturn = result(tickets.issue(ANN, LIFETIME));
        server.start();
        awaitUse();
        assertThat(result(tickets.redeem(issuedBeforeReturn))).contains(ANN);
        assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
    }
}
