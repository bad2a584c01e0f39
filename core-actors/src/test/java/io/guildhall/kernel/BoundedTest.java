package io.guildhall.kernel;

import static io.guildhall.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void neverMoreAtOnceThanThereArePlaces() {
        var bounded = new Bounded("test", 3, Duration.ofSeconds(10), Duration.ofSeconds(10));
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var calls = IntStream.range(0, 60)
                .mapToObj(i -> bounded.call(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return i;
                }))
                .toList();
        assertThat(calls.stream().map(Await::answer)).hasSize(60).doesNotHaveDuplicates();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whoFindsNoPlaceIsToldSoAndNothingWasAsked() {
        var bounded = new Bounded("test", 1, SHORT, Duration.ofSeconds(10));
        var open = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var first = bounded.call(() -> {
            open.await();
            return asked.incrementAndGet();
        });
        assertThatThrownBy(() -> answer(bounded.call(asked::incrementAndGet))).hasStackTraceContaining("not asked");
        open.countDown();
        assertThat(answer(first)).isOne();
        assertThat(answer(bounded.call(asked::incrementAndGet))).isEqualTo(2);
    }

    @Test
    void whoWaitsTooLongGoesAndTheCallGoesOn() {
        var bounded = new Bounded("test", 1, SHORT, SHORT);
        var open = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var late = bounded.call(() -> {
            open.await();
            done.countDown();
            return "late";
        });
        assertThatThrownBy(() -> answer(late)).hasStackTraceContaining("TimeoutException");
        open.countDown();
        Await.until(() -> assertThat(done.getCount()).isZero());
    }

    @Test
    void aFailureIsPassedOnAndFreesThePlace() {
        var bounded = new Bounded("test", 1, SHORT, SHORT);
        for (int i = 0; i < 3; i++)
            assertThatThrownBy(() -> answer(bounded.call(() -> {
                        throw new IOException("broken");
                    })))
                    .hasStackTraceContaining("broken");
        assertThat(answer(bounded.call(() -> "whole"))).isEqualTo("whole");
    }
}
