package io.guildhall.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.kernel.Sha256;
import io.guildhall.port.LiveTickets;
import io.guildhall.port.LiveTicketsContract;
import io.guildhall.testing.MemoryLiveTickets;
import io.guildhall.testing.SettableClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLiveTicketsTest extends LiveTicketsContract {
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
    protected LiveTickets tickets(int node) {
        return new RedisLiveTickets(node == 0 ? first : second, new MemoryLiveTickets(clock), clock);
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }

    @Test
    void expiresInRedis() {
        var session = new LiveTickets.Session("acc_ann", "ses_1", Set.of(), clock.instant());
        var ticket = Await.result(tickets(0).issue(session, Duration.ofMillis(50)));
        Await.until(() -> {
            long stored = Await.result(first.call(
                    client -> client.getKeys().countExists("guildhall:ticket:" + Sha256.hex(ticket)),
                    () -> CompletableFuture.<Long>failedFuture(new AssertionError("Redis was not used"))));
            assertThat(stored).isZero();
        });
    }
}
