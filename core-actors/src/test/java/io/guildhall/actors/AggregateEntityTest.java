package io.guildhall.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.AggregateEntity.Execute;
import io.guildhall.actors.AggregateEntity.Get;
import io.guildhall.actors.AggregateEntity.Message;
import io.guildhall.actors.AggregateEntity.State;
import io.guildhall.actors.AggregateEntity.Stop;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.journal.CorrelatedEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.testing.TestSuspensions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AggregateEntityTest {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final RoomCommand OPEN = new RoomCommand.Open("ctr_1", "A boat", "acc_c", "acc_f");
    static final Room EMPTY = EntitiesTest.empty("acc_c", "acc_f");
    static final AtomicInteger PASSIVATED = new AtomicInteger();
    static final AggregateEntity.Host HOST =
            new AggregateEntity.Host(false, PASSIVATED::incrementAndGet, _ -> {}, () -> {}, () -> {});
    static final ActorTestKit kit =
            ActorTestKit.create(EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
    /** Events are verified by JournalSerializerTest: here they are wrapped, which only our journal plugin can store. */
    static final EventSourcedBehaviorTestKit<Message, RoomEvent, Room> room = EventSourcedBehaviorTestKit.create(
            kit.system(),
            new AggregateEntity<>(Room.AGGREGATE, "rm_1", () -> NOW, new TestSuspensions(), HOST),
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                    .withVerifyEquality(true)
                    .withVerifyEvents(false));

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void begin() {
        PASSIVATED.set(0);
        room.clear();
    }

    CommandResultWithReply<Message, RoomEvent, Room, StatusReply<Outcome<Room, RoomRejection>>> run(
            RoomCommand command) {
        return room.runCommand(replyTo -> new Execute<>(command, Correlation.NONE, false, replyTo));
    }

    static Room state() {
        return (Room) ((State<?>) room.<Object>runCommand(Get::new).reply()).value();
    }

    @Test
    void recordsEventsRepliesAndRecovers() {
        var opened = run(OPEN);
        assertEquals(new Outcome.Done<>(EMPTY), opened.reply().getValue());
        var event = new RoomEvent.Opened("ctr_1", "A boat", "acc_c", "acc_f", NOW);
        assertEquals(new CorrelatedEvent<>(event, Correlation.NONE, List.of("acc_c", "acc_f")), opened.event());
        var posted = run(new PostMessage("acc_c", "m1", "Ahoy"));
        room.restart();
        assertEquals(posted.state(), state());
    }

    @Test
    void acceptsRepeatedCommandWithoutEvent() {
        run(OPEN);
        var again = run(OPEN);
        assertEquals(new Outcome.Done<>(EMPTY), again.reply().getValue());
        assertTrue(again.hasNoEvents());
    }

    @Test
    void rejectionRecordsNothing() {
        run(OPEN);
        var refused = run(new PostMessage("acc_stranger", "m1", "Ahoy"));
        assertEquals(
                new Outcome.Rejected<>(RoomRejection.NOT_YOURS), refused.reply().getValue());
        assertTrue(refused.hasNoEvents());
        assertEquals(EMPTY, state());
    }

    @Test
    void readingTheStateRecordsNothing() {
        assertEquals(Room.AGGREGATE.initialState(), state());
        assertTrue(room.<Object>runCommand(Get::new).hasNoEvents());
    }

    /** Otherwise, reads of random ids would fill the memory. */
    @Test
    void leavesTheMemoryAfterItsReplyIfItHasNoEvents() {
        state();
        assertEquals(1, PASSIVATED.get());
        run(new PostMessage("acc_c", "m1", "Ahoy"));
        assertEquals(2, PASSIVATED.get());
        run(OPEN);
        run(OPEN);
        run(new PostMessage("acc_stranger", "m1", "Ahoy"));
        state();
        assertEquals(2, PASSIVATED.get());
    }

    /** Stops are sent when the shard moves to another node. */
    @Test
    void completesCommandsSentBeforeStop() {
        var entity = kit.spawn(new AggregateEntity<>(Room.AGGREGATE, "rm_2", () -> NOW, new TestSuspensions(), HOST));
        var answers = kit.<StatusReply<Outcome<Room, RoomRejection>>>createTestProbe();
        entity.tell(new Execute<>(OPEN, Correlation.NONE, false, answers.getRef()));
        entity.tell(new Execute<>(new PostMessage("acc_c", "m1", "Ahoy"), Correlation.NONE, false, answers.getRef()));
        entity.tell(new Stop());
        assertEquals(new Outcome.Done<>(EMPTY), answers.receiveMessage().getValue());
        var posted =
                assertInstanceOf(Outcome.Done.class, answers.receiveMessage().getValue());
        assertEquals(1, ((Room.Open) posted.state()).messageCount());
        answers.expectTerminated(entity);
    }
}
