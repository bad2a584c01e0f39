package io.guildhall.adapter.redis;

import io.guildhall.port.Presence;
import io.guildhall.port.PresenceContract;
import io.guildhall.testing.MemoryPresence;
import io.guildhall.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisPresenceTest extends PresenceContract {
    private static final TestRedis SERVER = new TestRedis();
    private static Redis first;
    private static Redis second;

    private final SettableClock clock = new SettableClock();

    @BeforeAll
    static void start() {
        SERVER.start();
        first = SERVER.connect();
        second = SERVER.connect();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** Each node has its own database here, so that only Redis is shared. */
    @Override
    protected Presence presence(int node) {
        return new RedisPresence(node == 0 ? first : second, new MemoryPresence(clock), clock);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }
}
