package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.projections.store.JournalSignal.State;
import io.guildhall.testing.TestLoops;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A waiter is woken by events of its kinds and slices after its position, and by nothing else. */
class JournalSignalTest {
    private static final Duration WAKE_TIMEOUT = JournalSignal.PERIOD.multipliedBy(50);
    private static final List<String> ROOMS = List.of("room");
    private static final ActorTestKit kit = ActorTestKit.create();

    private final TestJournal journal = new TestJournal();
    private final JournalReader reader = new JournalReader(journal.database, kit.system());
    private final JournalSignal signal = new JournalSignal(reader, TestLoops.create());

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void close() {
        signal.close();
    }

    private CompletableFuture<State> await(List<String> kinds, SliceRange range, long readUpTo) {
        return signal.await(kinds, range, new State(readUpTo, 0)).toCompletableFuture();
    }

    private CompletableFuture<State> await(long readUpTo) {
        return await(ROOMS, SliceRange.ALL, readUpTo);
    }

    /** Returns the horizon. */
    private static long assertWoken(CompletableFuture<State> waiter) {
        assertThat(waiter).succeedsWithin(WAKE_TIMEOUT);
        return waiter.join().horizon();
    }

    /** Waits for several polls, but much shorter than a waiter waits without a signal. */
    private static void assertNotWoken(CompletableFuture<State> waiter) {
        var polls = new CompletableFuture<Void>()
                .completeOnTimeout(null, JournalSignal.PERIOD.multipliedBy(10).toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(waiter, polls).join();
        assertThat(waiter).isNotDone();
    }

    private SliceRange sliceOf(String room) {
        return new SliceRange(journal.slice(room), journal.slice(room));
    }

    @Test
    void wakesAWaiterThatHasReadNothing() throws SQLException {
        journal.write("a", 1, "one");
        assertThat(assertWoken(await(0))).isEqualTo(reader.horizon());
    }

    @Test
    void wakesAWaiterForANewEvent() throws SQLException {
        long readUpTo = assertWoken(await(0));
        var waiter = await(readUpTo);
        assertNotWoken(waiter);
        journal.write("a", 1, "one");
        assertThat(assertWoken(waiter)).isGreaterThan(readUpTo);
    }

    @Test
    void wakesAWaiterForAnEventThatAnotherHasReadBefore() throws SQLException {
        long readUpTo = assertWoken(await(0));
        journal.write("a", 1, "one");
        assertWoken(await(readUpTo));
        assertWoken(await(readUpTo));
    }

    @Test
    void wakesNoWaiterForOtherKindsAndSlices() throws SQLException {
        long readUpTo = assertWoken(await(List.of("room", "job"), SliceRange.ALL, 0));
        var otherSlice = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "b" + i)
                .filter(it -> journal.slice(it) != journal.slice("a"))
                .findFirst()
                .orElseThrow();
        var otherKind = await(List.of("job"), SliceRange.ALL, readUpTo);
        var elsewhere = await(ROOMS, sliceOf(otherSlice), readUpTo);
        var here = await(ROOMS, sliceOf("a"), readUpTo);
        journal.write("a", 1, "one");
        assertWoken(here);
        assertNotWoken(otherKind);
        assertNotWoken(elsewhere);
        journal.write(otherSlice, 1, "two");
        assertWoken(elsewhere);
    }

    @Test
    void wakesAWaiterForTheEventsOfASlowTransaction() throws SQLException {
        try (var slow = journal.begin()) {
            TestJournal.write(slow, "a", 1, "slow");
            long readUpTo = assertWoken(await(0));
            var waiter = await(readUpTo);
            journal.write("b", 1, "quick");
            assertNotWoken(waiter);
            slow.commit();
            assertWoken(waiter);
        }
    }

    @Test
    void wakesEveryWaiterWhenPositionsWereReset() throws SQLException {
        long readUpTo = assertWoken(await(0));
        var waiter = await(readUpTo);
        journal.execute("UPDATE follower_reset SET resets = resets + 1");
        assertThat(waiter).succeedsWithin(WAKE_TIMEOUT);
        assertThat(waiter.join().resets()).isEqualTo(1);
    }

    /** As a reader whose event fails, which reads from the beginning again and again. */
    @Test
    void theHorizonAdvancesForAReaderThatNeverWaits() throws SQLException {
        long first = assertWoken(await(0));
        journal.write("a", 1, "one");
        Await.until(() -> assertThat(assertWoken(await(0))).isGreaterThan(first));
    }

    /** However many readers wait: a query of a value while nothing happens, and none of the server's locks. */
    @Test
    void readsTheServersLocksOnceForAllReadersAndNotWhileIdle() throws SQLException {
        var queries = new ConcurrentLinkedQueue<String>();
        var counting = new JournalReader(recording(journal.database, queries), kit.system());
        try (var foreign = journal.begin();
                var other = new JournalSignal(counting, TestLoops.create())) {
            try (var statement = foreign.createStatement()) {
                statement.execute("SELECT pg_current_xact_id()");
            }
            // The snapshot names a running transaction only after a later one has ended.
            journal.write("a", 1, "one");
            long readUpTo = other.await(ROOMS, SliceRange.ALL, new State(0, 0))
                    .toCompletableFuture()
                    .join()
                    .horizon();
            assertThat(lockQueries(queries)).isOne();
            var waiters = SliceRange.split(100).stream()
                    .map(it -> other.await(ROOMS, it, new State(readUpTo, 0)).toCompletableFuture())
                    .toList();
            int before = queries.size();
            assertNotWoken(waiters.getLast());
            assertThat(waiters).noneMatch(CompletableFuture::isDone);
            assertThat(queries.size()).isGreaterThan(before);
            // Ten polls. The server's own transactions, such as those of autovacuum, can change the snapshot meanwhile.
            assertThat(lockQueries(queries))
                    .as("a transaction runs, and nothing changes")
                    .isLessThanOrEqualTo(3);
        }
    }

    private static long lockQueries(Collection<String> queries) {
        return queries.stream().filter(it -> it.contains("pg_locks")).count();
    }

    private static DataSource recording(DataSource database, Collection<String> queries) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) return method.invoke(database, arguments);
            var connection = database.getConnection();
            return proxy(Connection.class, (called, values) -> {
                if (called.getName().equals("prepareStatement")) queries.add((String) values[0]);
                return called.invoke(connection, values);
            });
        });
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> call.of(method, arguments)));
    }
}
