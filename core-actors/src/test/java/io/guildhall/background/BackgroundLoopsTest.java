package io.guildhall.background;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.guildhall.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BackgroundLoopsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private volatile Instant now = Instant.ofEpochSecond(1_000);
    private final BackgroundLoops loops = new BackgroundLoops(metrics, () -> now);
    private final AtomicInteger runs = new AtomicInteger();
    private final Log log = new Log();

    /** What the monitor of loops writes. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile Optional<Error> failure = Optional.empty();

        @Override
        protected void append(ILoggingEvent event) {
            if (failure.isPresent()) throw failure.get();
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    }

    @BeforeEach
    void readLog() {
        log.start();
        logger().setLevel(Level.INFO);
        logger().setAdditive(false);
        logger().addAppender(log);
    }

    @AfterEach
    void stopReadingLog() {
        logger().detachAppender(log);
        logger().setLevel(null);
        logger().setAdditive(true);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(LoopMonitor.class);
    }

    private double restarts(String loop) {
        return metrics.get("guildhall.loop.restarts")
                .tag("loop", loop)
                .counter()
                .count();
    }

    private double lastSuccess(String loop) {
        return metrics.get("guildhall.loop.last.success")
                .tag("loop", loop)
                .gauge()
                .value();
    }

    private Duration failThreeTimes() throws Exception {
        return switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("no database");
            case 2 -> throw new StackOverflowError("a bug");
            case 3 -> throw new InterruptedException("by whom?");
            default -> LONG;
        };
    }

    @Test
    void everyFailureIsFollowedByAnotherRun() {
        try (var _ = loops.start("test", this::failThreeTimes)) {
            Await.until(() -> assertThat(runs).hasValue(4));
            Await.until(() -> assertThat(log.lines).hasSize(2));
            assertThat(restarts("test")).isEqualTo(3);
            assertThat(log.lines)
                    .containsExactly(
                            "WARN The background loop test failed; retrying with backoff",
                            "INFO The background loop test has recovered");
        }
    }

    @Test
    void aLoopThatFailsDelaysNoOther() {
        try (var _ = loops.start("failing", () -> {
                    throw new AssertionError("always");
                });
                var _ = loops.start("other", () -> {
                    runs.incrementAndGet();
                    return Duration.ZERO;
                })) {
            Await.until(() -> assertThat(restarts("failing")).isGreaterThan(1));
            int before = runs.get();
            Await.until(() -> assertThat(runs.get()).isGreaterThan(before + 10));
            assertThat(restarts("other")).isZero();
        }
    }

    @Test
    void showsWhenItLastSucceeded() {
        var failing = new CompletableFuture<Void>();
        try (var loop = loops.start("test", () -> {
            runs.incrementAndGet();
            if (failing.isDone()) throw new IllegalStateException("broken");
            return LONG;
        })) {
            Await.until(() -> assertThat(runs).hasValue(1));
            now = Instant.ofEpochSecond(2_000);
            loop.wake();
            Await.until(() -> assertThat(lastSuccess("test")).isEqualTo(2_000));
            failing.complete(null);
            now = Instant.ofEpochSecond(3_000);
            loop.wake();
            Await.until(() -> assertThat(restarts("test")).isPositive());
            assertThat(lastSuccess("test")).isEqualTo(2_000);
        }
    }

    @Test
    void aWakeUpDuringARunStartsAnother() throws Exception {
        var isRunning = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var loop = loops.start("test", () -> {
            runs.incrementAndGet();
            isRunning.countDown();
            mayEnd.await();
            return LONG;
        })) {
            isRunning.await();
            loop.wake();
            mayEnd.countDown();
            Await.until(() -> assertThat(runs).hasValue(2));
        }
    }

    @Test
    void closingWaitsForTheCurrentRunAndIsQuiet() throws Exception {
        var isRunning = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        var loop = loops.start("test", () -> {
            isRunning.countDown();
            Await.until(() -> assertThat(ended.isDone()).isTrue());
            runs.incrementAndGet();
            throw new IllegalStateException("the database is closed");
        });
        isRunning.await();
        loop.stop();
        ended.complete(true);
        loop.close();
        loop.join();
        assertThat(runs).hasValue(1);
        assertThat(log.lines).isEmpty();
        assertThat(restarts("test")).isZero();
    }

    @Test
    void isQuietWhileTheNodeShutsDown() {
        loops.shuttingDown();
        try (var _ = loops.start("test", this::failThreeTimes)) {
            Await.until(() -> assertThat(runs).hasValue(4));
        }
        assertThat(restarts("test")).isEqualTo(3);
        assertThat(log.lines).isEmpty();
    }

    /** As when the log or the registry of metrics is broken. */
    @Test
    void continuesIfAFailureCannotBeReported() {
        log.failure = Optional.of(new OutOfMemoryError("no log"));
        try (var _ = loops.start("test", this::failThreeTimes)) {
            Await.until(() -> assertThat(runs).hasValueGreaterThanOrEqualTo(4));
        }
    }

    /** A singleton of the cluster leaves this node and comes back. */
    @Test
    void aLoopThatStartsAgainKeepsItsMetrics() {
        loops.start("test", this::failThreeTimes).close();
        now = Instant.ofEpochSecond(5_000);
        runs.set(10);
        try (var _ = loops.start("test", this::failThreeTimes)) {
            Await.until(() -> assertThat(lastSuccess("test")).isEqualTo(5_000));
        }
    }
}
