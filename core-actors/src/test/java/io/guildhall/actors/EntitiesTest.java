package io.guildhall.actors;

import static io.guildhall.testing.AccountBuilder.anAccount;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.guildhall.Await;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.room.MessageLog;
import io.guildhall.domain.room.Relation;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.domain.room.RoomSubject;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Decision;
import io.guildhall.testing.TestCluster;
import io.guildhall.testing.TestSuspensions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Runs a real cluster of one node, in which every message, event and snapshot is serialised. */
class EntitiesTest {
    /** A contract's room without messages. */
    static Room empty(String clientId, String freelancerId) {
        var subject = new RoomSubject(
                RoomKind.CONTRACT, Optional.of("ctr_1"), Optional.of("A boat"), List.of(clientId, freelancerId));
        return new Room.Open(subject, MessageLog.EMPTY, Set.of(), Relation.NONE);
    }

    static final CountDownLatch STUCK = new CountDownLatch(1);

    /**
     * An aggregate with three faults: an event that cannot be applied, a decision that takes too long, and one that
     * throws.
     */
    static final Aggregate<Room, RoomCommand, RoomEvent, RoomRejection> FAULTY = new Aggregate<>(
            "faulty",
            Room.class,
            RoomCommand.class,
            RoomEvent.class,
            RoomRejection.class,
            Room.AGGREGATE.initialState(),
            (state, command, now) -> switch (command) {
                case PostMessage say when say.text().equals("fail") -> throw new IllegalStateException("on purpose");
                case PostMessage say
                when say.text().equals("corrupt") ->
                    Decision.accept(new RoomEvent.Opened("ctr_1", "A boat", "c", "f", now));
                case PostMessage say
                when say.text().equals("hang") -> {
                    awaitRelease();
                    yield Decision.accept();
                }
                case RoomCommand other -> state.decide(other, now);
            },
            Room::evolve);

    static final Path snapshots = snapshots();
    static final ActorTestKit kit = ActorTestKit.create(
            "entities",
            ConfigFactory.parseString("""
            pekko.actor.serialize-messages = on
            pekko.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout = 500ms
            pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
            pekko.persistence.snapshot-store.plugin = "pekko.persistence.snapshot-store.local"
            pekko.persistence.snapshot-store.local { dir = "%s", snapshot-is-optional = true }
            """.formatted(snapshots))
                    .withFallback(TestCluster.SETTINGS)
                    .withFallback(ConfigFactory.load()));

    static final Entities entities = join(Duration.ofSeconds(10));

    static Path snapshots() {
        try {
            return Files.createTempDirectory("snapshots");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Entities join(Duration timeout) {
        TestCluster.form(kit.system());
        var all = new ArrayList<>(Names.AGGREGATES);
        all.add(FAULTY);
        return new Entities(
                kit.system(),
                all,
                () -> Instant.now().truncatedTo(ChronoUnit.MICROS).plusNanos(999),
                new TestSuspensions(),
                timeout,
                10_000);
    }

    static void awaitRelease() {
        try {
            assertTrue(STUCK.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void leave() {
        kit.shutdownTestKit();
    }

    static RoomCommand open(String contract) {
        return new RoomCommand.Open(contract, "A boat", "c", "f");
    }

    static Throwable failure(CompletionStage<?> answer) {
        return requireNonNull(assertThrows(
                        ExecutionException.class,
                        () -> answer.toCompletableFuture().get(15, TimeUnit.SECONDS))
                .getCause());
    }

    @Test
    void timesHaveThePrecisionOfTheDatabase() {
        var register = anAccount("acc_1").register("hash", "nonce");
        Await.result(entities.execute(Correlation.NONE, Email.AGGREGATE, "ada", register));
        var email = (Email.Unowned) Await.result(entities.state(Email.AGGREGATE, "ada"));
        var at = email.registrations().getFirst().at();
        assertEquals(at.truncatedTo(ChronoUnit.MICROS), at);
    }

    @Test
    void opensRoomOnceAndReadsIt() {
        var empty = empty("c", "f");
        assertEquals(
                new Outcome.Done<>(empty),
                Await.result(entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_1", open("ctr_1"))));
        assertEquals(
                new Outcome.Done<>(empty),
                Await.result(entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_1", open("ctr_1"))));
        assertEquals(empty, Await.result(entities.state(Room.AGGREGATE, "rm_1")));
    }

    @Test
    void rejectsCommandToAggregateThatWasNotCreated() {
        assertEquals(
                new Outcome.Rejected<>(JobRejection.NOT_POSTED),
                Await.result(entities.execute(Correlation.NONE, Job.AGGREGATE, "job_1", new JobCommand.Publish("c"))));
    }

    @Test
    void executesEachOfManyConcurrentCommandsOnce() {
        Await.result(entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_2", open("ctr_2")));
        var all = IntStream.rangeClosed(1, 150)
                .mapToObj(i -> entities.execute(
                                Correlation.NONE, Room.AGGREGATE, "rm_2", new PostMessage("c", "m" + i, "Ahoy"))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        Await.result(CompletableFuture.allOf(all));
        assertEquals(150, messageCount("rm_2"));
    }

    static long messageCount(String id) {
        return ((Room.Open) Await.result(entities.state(Room.AGGREGATE, id))).messageCount();
    }

    @Test
    void reportsFailureOfAggregateImmediatelyAndContinues() {
        Await.result(entities.execute(Correlation.NONE, FAULTY, "f1", open("ctr_1")));
        var failed = failure(entities.execute(Correlation.NONE, FAULTY, "f1", new PostMessage("c", "m1", "fail")));
        assertEquals(DecisionFailedException.class, failed.getClass());
        assertEquals("faulty f1 could not decide; nothing was recorded", failed.getMessage());
        Await.result(entities.execute(Correlation.NONE, FAULTY, "f1", new PostMessage("c", "m1", "Ahoy")));
        assertEquals(1, ((Room.Open) Await.result(entities.state(FAULTY, "f1"))).messageCount());
    }

    @Test
    void doesNotRecordEventThatCannotBeApplied() {
        Await.result(entities.execute(Correlation.NONE, FAULTY, "f2", open("ctr_1")));
        assertEquals(
                DecisionFailedException.class,
                failure(entities.execute(Correlation.NONE, FAULTY, "f2", new PostMessage("c", "m1", "corrupt")))
                        .getClass());
        rest(FAULTY, "f2");
        assertEquals(0, ((Room.Open) Await.result(entities.state(FAULTY, "f2"))).messageCount());
    }

    @Test
    void outcomeIsUnknownWithoutReplyInTime() {
        var hasty = join(Duration.ofMillis(300));
        var unknown = failure(hasty.execute(Correlation.NONE, FAULTY, "f3", new PostMessage("c", "m1", "hang")));
        STUCK.countDown();
        assertEquals(UnknownOutcomeException.class, unknown.getClass());
        assertTrue(unknown instanceof TimeoutException);
        assertEquals("faulty f3 did not reply within PT0.3S", unknown.getMessage());
    }

    @Test
    void recoversIdleEntityAfterPassivation() {
        Await.result(entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_3", open("ctr_3")));
        Await.result(entities.execute(
                new Correlation("req-42"), Room.AGGREGATE, "rm_3", new PostMessage("c", "m1", "Ahoy")));
        rest(Room.AGGREGATE, "rm_3");
        assertEquals(1, messageCount("rm_3"));
    }

    @Test
    void aNewEntityWhoseIdExistsExecutesTheCommandInItsPresentState() {
        Await.result(entities.create(Correlation.NONE, Room.AGGREGATE, "rm_7", open("ctr_7")));
        Await.result(entities.create(Correlation.NONE, Room.AGGREGATE, "rm_7", new PostMessage("c", "m1", "Ahoy")));
        rest(Room.AGGREGATE, "rm_7");
        Await.result(entities.create(Correlation.NONE, Room.AGGREGATE, "rm_7", new PostMessage("c", "m2", "Ahoy")));
        assertEquals(2, messageCount("rm_7"));
    }

    @Test
    void ignoresUnreadableSnapshot() throws Exception {
        Await.result(entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_5", open("ctr_5")));
        int messages = AggregateEntity.EVENTS_PER_SNAPSHOT + 10;
        for (int i = 1; i <= messages; i++)
            Await.result(
                    entities.execute(Correlation.NONE, Room.AGGREGATE, "rm_5", new PostMessage("c", "m" + i, "Ahoy")));
        var snapshot = Await.value(() -> snapshotOf("rm_5"));
        rest(Room.AGGREGATE, "rm_5");
        Files.writeString(snapshot, "of another time");
        assertEquals(messages, messageCount("rm_5"));
    }

    static Path snapshotOf(String id) throws IOException {
        try (var files = Files.list(snapshots)) {
            return files.filter(it -> it.getFileName().toString().contains(id)
                            && it.toFile().length() > 0)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Waits until the idle entity is passivated. */
    static void rest(Aggregate<?, ?, ?, ?> aggregate, String id) {
        var probe = kit.<CurrentShardRegionState>createTestProbe();
        Await.until(() -> {
            ClusterSharding.get(kit.system())
                    .shardState()
                    .tell(new GetShardRegionState(key(aggregate), probe.getRef()));
            var shards = probe.receiveMessage().getShards();
            assertTrue(shards.stream().noneMatch(it -> it.getEntityIds().contains(id)));
        });
    }

    static EntityTypeKey<AggregateEntity.Message> key(Aggregate<?, ?, ?, ?> aggregate) {
        return EntityTypeKey.create(AggregateEntity.Message.class, aggregate.name());
    }
}
