package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchExecutorTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstStarted = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** Doubles each number, once the test lets the first batch go. */
    private List<Integer> run(List<Integer> items) throws IOException, InterruptedException {
        batches.add(items);
        firstStarted.countDown();
        if (!release.await(15, TimeUnit.SECONDS)) throw new IOException("the test did not release the batch");
        if (items.contains(13)) throw new IOException("unlucky");
        return items.stream().map(it -> 2 * it).toList();
    }

    private void awaitFirstBatch() throws InterruptedException {
        assertThat(firstStarted.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void callsThatArriveDuringABatchBecomeTheNextOne() throws Exception {
        var executor = new BatchExecutor<>("test", 3, 100, LONG, this::run);
        var first = executor.call(0);
        awaitFirstBatch();
        var others = IntStream.rangeClosed(1, 5).mapToObj(executor::call).toList();
        release.countDown();
        assertThat(Await.result(first)).isZero();
        assertThat(others.stream().map(Await::result)).containsExactly(2, 4, 6, 8, 10);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void laterCallsJoinTheBatchOfOthersOrRunOnTheirOwn() {
        var executor = new BatchExecutor<>("test", 10, 100, LONG, this::run);
        release.countDown();
        assertThat(Await.result(executor.callLater(1))).isEqualTo(2);
        var later = IntStream.rangeClosed(2, 9).mapToObj(executor::callLater).toList();
        assertThat(Await.result(executor.call(10))).isEqualTo(20);
        assertThat(later.stream().map(Await::result)).containsExactly(4, 6, 8, 10, 12, 14, 16, 18);
        assertThat(batches.size()).isLessThan(9);
    }

    /** While calls keep arriving, a small batch for each of them would cost more than one call. */
    @Test
    void laterCallsWaitForEachOther() throws InterruptedException {
        var executor = new BatchExecutor<>("test", 1_000, 1_000, LONG, this::run);
        release.countDown();
        long start = System.nanoTime();
        var later = new ArrayList<CompletionStage<Integer>>();
        for (int i = 20; i < 220; i++) {
            later.add(executor.callLater(i));
            Thread.sleep(1);
        }
        later.forEach(Await::result);
        long lingers = Duration.ofNanos(System.nanoTime() - start).toMillis() / 20;
        assertThat(batches).hasSizeLessThanOrEqualTo(Math.toIntExact(lingers) + 1);
    }

    @Test
    void laterCallsThatFillABatchRunImmediately() throws Exception {
        var executor = new BatchExecutor<>("test", 3, 100, LONG, this::run);
        release.countDown();
        var later = IntStream.rangeClosed(20, 25).mapToObj(executor::callLater).toList();
        later.forEach(Await::result);
        assertThat(batches).contains(List.of(20, 21, 22));
    }

    @Test
    void continuesAfterABatchThatFails() throws Exception {
        var executor = new BatchExecutor<>("test", 10, 100, LONG, this::run);
        release.countDown();
        assertThat(BoundedExecutorTest.failure(executor.call(13))).hasMessage("unlucky");
        for (int i = 0; i < 200; i++)
            assertThat(Await.result(executor.call(i == 13 ? 14 : i))).isNotNull();
    }

    @Test
    void rejectsCallsBeyondTheLimit() throws Exception {
        var executor = new BatchExecutor<>("test", 1, 2, LONG, this::run);
        var first = executor.call(1);
        awaitFirstBatch();
        var second = executor.call(2);
        var third = executor.call(3);
        assertThat(BoundedExecutorTest.failure(executor.call(4))).isInstanceOf(TimeoutException.class);
        release.countDown();
        assertThat(List.of(Await.result(first), Await.result(second), Await.result(third)))
                .containsExactly(2, 4, 6);
    }

    @Test
    void doesNotRunCallsWhoseTimeIsOver() throws Exception {
        var executor = new BatchExecutor<>("test", 10, 10, Duration.ofMillis(100), this::run);
        var first = executor.call(1);
        awaitFirstBatch();
        assertThat(BoundedExecutorTest.failure(first)).isInstanceOf(TimeoutException.class);
        assertThat(BoundedExecutorTest.failure(executor.call(2))).isInstanceOf(TimeoutException.class);
        release.countDown();
        Await.until(() -> {
            assertThat(Await.result(executor.call(3))).isEqualTo(6);
            assertThat(batches).doesNotContain(List.of(2)).contains(List.of(3));
        });
    }
}
