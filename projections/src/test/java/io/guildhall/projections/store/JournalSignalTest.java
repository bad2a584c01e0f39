package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.testing.TestLoops;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A waiter is woken by events after its position, and by nothing else. */
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

    private CompletableFuture<Void> await(List<String> kinds, Position after) {
        return signal.await(kinds, journal.slice("a"), after).toCompletableFuture();
    }

    private static void assertWoken(CompletableFuture<Void> waiter) {
        assertThat(waiter).succeedsWithin(WAKE_TIMEOUT);
    }

    /** Waits for several polls, but much shorter than a waiter waits without a signal. */
    private static void assertNotWoken(CompletableFuture<Void> waiter) {
        var polls = new CompletableFuture<Void>()
                .completeOnTimeout(null, JournalSignal.PERIOD.multipliedBy(10).toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(waiter, polls).join();
        assertThat(waiter).isNotDone();
    }

    private Position last() throws SQLException {
        return reader.read(ROOMS, journal.slice("a"), Position.START, 100)
                .getLast()
                .position();
    }

    @Test
    void wakesAWaiterForANewEvent() throws SQLException {
        journal.write("a", 1, "one");
        var waiter = await(ROOMS, last());
        assertNotWoken(waiter);
        journal.write("a", 2, "two");
        assertWoken(waiter);
    }

    @Test
    void wakesAWaiterForAnEarlierEvent() throws SQLException {
        journal.write("a", 1, "one");
        var after = last();
        journal.write("a", 2, "two");
        assertWoken(await(ROOMS, after));
    }

    @Test
    void doesNotWakeAWaiterBeforeItsPosition() throws SQLException {
        journal.write("a", 1, "one");
        var rooms = last();
        var further = new Position(rooms.transaction() + 5, rooms.ordering() + 5);
        assertNotWoken(await(List.of("job", "room"), further));
        var waiter = await(ROOMS, rooms);
        assertNotWoken(waiter);
        journal.write("a", 2, "two");
        assertWoken(waiter);
    }
}
