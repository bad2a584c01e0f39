package io.guildhall.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
    static final Duration SHORT = Duration.ofMillis(50), LONG = Duration.ofSeconds(20);

    static Throwable failure(CompletionStage<?> answer) {
        return requireNonNull(assertThrows(
                        ExecutionException.class,
                        () -> answer.toCompletableFuture().get(15, TimeUnit.SECONDS))
                .getCause());
    }

    @Test
    void returnsResultOrFailureOfCall() {
        var bounded = new BoundedExecutor("test", 1, LONG, LONG);
        assertEquals(42, Await.result(bounded.call(() -> 42)));
        assertInstanceOf(IOException.class, failure(bounded.call(() -> {
            throw new IOException("no");
        })));
        assertTrue(Await.result(bounded.call(() -> Thread.currentThread().isVirtual())));
    }

    @Test
    void failsWithoutCallIfNoPermitInTime() {
        var bounded = new BoundedExecutor("test", 1, SHORT, LONG);
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var first = bounded.call(() -> {
            started.countDown();
            return release.await(15, TimeUnit.SECONDS);
        });
        Await.value(() -> {
            assertTrue(started.await(15, TimeUnit.SECONDS));
            return true;
        });
        var second = failure(bounded.call(() -> 1));
        assertInstanceOf(TimeoutException.class, second);
        assertThat(second).hasMessageEndingWith("the call was not made");
        release.countDown();
        assertTrue(Await.result(first));
        assertEquals(2, Await.result(bounded.call(() -> 2)));
    }

    @Test
    void callThatTimesOutCanStillTakeEffect() {
        var bounded = new BoundedExecutor("test", 1, SHORT, SHORT);
        var done = new CountDownLatch(1);
        assertInstanceOf(TimeoutException.class, failure(bounded.call(() -> {
            try {
                return new CountDownLatch(1).await(15, TimeUnit.SECONDS);
            } finally {
                done.countDown();
            }
        })));
        Await.value(() -> {
            assertTrue(done.await(15, TimeUnit.SECONDS));
            return true;
        });
    }

    /** A server that accepts the connection and never responds, as after a network failure. */
    @Test
    void permitIsFreeAgainAfterTheCallerHasGivenUp() throws IOException {
        var bounded = new BoundedExecutor("test", 1, SHORT, SHORT);
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertInstanceOf(TimeoutException.class, failure(bounded.call(() -> {
                try (var socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
                    return socket.getInputStream().read();
                }
            })));
            assertEquals(2, Await.value(() -> Await.result(bounded.call(() -> 2))));
        }
    }

    @Test
    void permitIsFreeWhileTheCallerUsesTheResult() {
        var bounded = new BoundedExecutor("test", 1, SHORT, LONG);
        var start = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var using = new CountDownLatch(1);
        var used = bounded.call(() -> {
                    awaitQuietly(start);
                    return 1;
                })
                .thenApply(it -> {
                    using.countDown();
                    awaitQuietly(release);
                    return it;
                });
        start.countDown();
        awaitQuietly(using);
        assertEquals(2, Await.result(bounded.call(() -> 2)));
        release.countDown();
        assertEquals(1, Await.result(used));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(15, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void everyThrowableCompletesTheResult() {
        var bounded = new BoundedExecutor("test", 1, LONG, LONG);
        assertInstanceOf(NoClassDefFoundError.class, failure(bounded.call(() -> {
            throw new NoClassDefFoundError("Missing");
        })));
    }
}
