package io.guildhall.projections.store;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.actors.OtherVersionException;
import io.guildhall.actors.Outcome;
import io.guildhall.actors.UnknownOutcomeException;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.store.ParkedEntity.Cause;
import io.guildhall.projections.upgrade.next.Lamp;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.Test;

/** The present and the next version over one journal, one after the other and in one cluster. */
class RollingUpgradeTest {
    private static final Tries.Limits LIMITS = new Tries.Limits(5, Duration.ofDays(1), Duration.ofMillis(500));
    private static final Optional<String> RED = Optional.of("red");
    /** A snapshot is written after 500 events. */
    private static final int MANY = 505;

    private final TestJournal journal = new TestJournal();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    private Followers followers(Release<?, ?, ?> release) {
        return new Followers(
                release.system(),
                journal.database,
                new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()),
                TestLoops.create(),
                1,
                LIMITS);
    }

    private <E> Process following(
            String name, Aggregate<?, ?, E, ?> aggregate, Function<Recorded<E>, CompletionStage<?>> reaction) {
        return new Process() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Start start() {
                return Start.beginning();
            }

            @Override
            public List<Process.Subscription<?>> follows() {
                return List.of(Process.on(aggregate, reaction::apply));
            }
        };
    }

    private <E> CompletionStage<?> hear(Recorded<E> recorded) {
        handled.add(recorded.entityId() + " " + recorded.event());
        return completedFuture(null);
    }

    private List<ParkedEntity> parked(Followers followers) {
        try {
            return followers.control().parked(100);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int events(String id) {
        return Integer.parseInt(
                journal.text("SELECT count(*) FROM event_journal WHERE persistence_id = 'lamp|%s'".formatted(id)));
    }

    private void awaitSnapshot(String id) {
        Await.until(() -> assertThat(
                        journal.text("SELECT count(*) FROM snapshot WHERE persistence_id = 'lamp|%s'".formatted(id)))
                .isEqualTo("1"));
    }

    @Test
    void thePresentReleaseReadsWhatTheNextHasWritten() {
        try (var next = Release.next(journal.url)) {
            next.execute("plain", new Lamp.Light(1, Optional.empty()));
            next.execute("red", new Lamp.Light(2, RED));
            next.execute("broken", new Lamp.Light(3, Optional.empty()));
            next.execute("broken", new Lamp.Break());
            for (int i = 1; i <= MANY; i++) next.execute("many", new Lamp.Light(i, RED));
            awaitSnapshot("many");
        }
        try (var present = Release.present(journal.url);
                var followers = followers(present)) {
            followers.run(following("hearing", io.guildhall.projections.upgrade.present.Lamp.AGGREGATE, this::hear));
            // An added field is ignored; a snapshot of another shape is ignored, too.
            assertThat(present.state("plain")).isEqualTo(new io.guildhall.projections.upgrade.present.Lamp.Lit(1));
            assertThat(present.state("red")).isEqualTo(new io.guildhall.projections.upgrade.present.Lamp.Lit(2));
            assertThat(present.state("many")).isEqualTo(new io.guildhall.projections.upgrade.present.Lamp.Lit(MANY));
            present.execute("red", new io.guildhall.projections.upgrade.present.Lamp.Light(4));
            // An added event and phase: the entity refuses, and its follower parks it and goes on.
            assertThatThrownBy(() -> present.state("broken")).hasStackTraceContaining("has the event lamp.broken");
            for (int i = 0; i < 2; i++)
                assertThatThrownBy(() ->
                                present.execute("broken", new io.guildhall.projections.upgrade.present.Lamp.Light(5)))
                        .hasStackTraceContaining(OtherVersionException.class.getName())
                        .hasStackTraceContaining("has the event lamp.broken");
            assertThat(events("broken")).isEqualTo(2);
            Await.until(() -> assertThat(parked(followers)).singleElement().satisfies(it -> {
                assertThat(it.entityId()).isEqualTo("broken");
                assertThat(it.cause()).isEqualTo(Cause.UNREADABLE);
            }));
            Await.until(() -> assertThat(handled).contains("red WasLit[level=4]", "many WasLit[level=" + MANY + "]"));
        }
        try (var next = Release.next(journal.url);
                var followers = followers(next)) {
            followers.run(following("hearing", Lamp.AGGREGATE, this::hear));
            Await.until(() -> assertThat(handled).contains("broken WasBroken[]"));
            Await.until(() -> assertThat(parked(followers)).isEmpty());
            assertThat(next.state("broken")).isEqualTo(new Lamp.Broken());
            assertThat(next.state("red")).isEqualTo(new Lamp.Lit(4, Optional.empty(), Optional.of(2)));
        }
    }

    @Test
    void theNextReleaseReadsWhatThePresentHasWritten() {
        try (var present = Release.present(journal.url)) {
            present.execute("plain", new io.guildhall.projections.upgrade.present.Lamp.Light(1));
            for (int i = 1; i <= MANY; i++)
                present.execute("many", new io.guildhall.projections.upgrade.present.Lamp.Light(i));
            awaitSnapshot("many");
        }
        try (var next = Release.next(journal.url);
                var followers = followers(next)) {
            followers.run(following("hearing", Lamp.AGGREGATE, this::hear));
            assertThat(next.state("plain")).isEqualTo(new Lamp.Lit(1, Optional.empty(), Optional.of(1)));
            // From the snapshot, the number would be missing.
            assertThat(next.state("many")).isEqualTo(new Lamp.Lit(MANY, Optional.empty(), Optional.of(MANY)));
            next.execute("many", new Lamp.Break());
            assertThat(next.execute("many", new Lamp.Light(1, RED)))
                    .isEqualTo(new Outcome.Rejected<>(Lamp.Rejection.BROKEN));
            Await.until(() ->
                    assertThat(handled).contains("plain WasLit[level=1, colour=Optional.empty]", "many WasBroken[]"));
        }
    }

    /** Lamps of both nodes get the same commands: no message is lost. */
    @Test
    void nodesOfBothReleasesAnswerEachOther() {
        try (var next = Release.next(journal.url);
                var present = Release.presentBeside(next, journal.url)) {
            awaitMembers(next);
            var answers = new TreeSet<String>();
            for (int i = 0; i < 20; i++) {
                var id = "lamp" + i;
                present.execute(id, new io.guildhall.projections.upgrade.present.Lamp.Light(1));
                answers.add("field: " + answer(() -> next.execute(id, new Lamp.Light(2, RED))));
                answers.add("state: " + answer(() -> present.state(id)));
                answers.add("command: " + answer(() -> next.execute(id, new Lamp.Break())));
                answers.add("phase: " + answer(() -> present.state(id)));
                answers.add("rejection: "
                        + answer(
                                () -> present.execute(id, new io.guildhall.projections.upgrade.present.Lamp.Light(3))));
            }
            assertThat(answers)
                    .containsExactly(
                            "command: Done",
                            "command: OtherVersionException",
                            "field: Done",
                            "field: OtherVersionException",
                            "phase: Lit",
                            "phase: unreadable reply",
                            "rejection: Done",
                            "rejection: unreadable reply",
                            "state: Lit");
        }
    }

    private static String answer(Supplier<?> call) {
        try {
            return call.get().getClass().getSimpleName();
        } catch (RuntimeException | AssertionError e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof UnknownOutcomeException
                            && String.valueOf(cause.getMessage()).endsWith("cannot read")
                    ? "unreadable reply"
                    : cause.getClass().getSimpleName();
        }
    }

    private static void awaitMembers(Release<?, ?, ?> release) {
        Await.until(() -> assertThat(Cluster.get(release.system()).state().getMembers())
                .hasSize(2)
                .allMatch(it -> it.status().equals(MemberStatus.up())));
    }

    /** The process sends commands that only entities on nodes of its own version understand. */
    @Test
    void retriesCommandsThatAnOlderNodeRefused() {
        var ids = IntStream.range(0, 20).mapToObj(i -> "lamp" + i).toList();
        try (var next = Release.next(journal.url);
                var followers = followers(next)) {
            followers.run(following(
                    "copying",
                    Lamp.AGGREGATE,
                    recorded -> recorded.entityId().startsWith("copy")
                            ? completedFuture(null)
                            : next.entities()
                                    .execute(
                                            Correlation.NONE,
                                            Lamp.AGGREGATE,
                                            "copy-" + recorded.entityId(),
                                            new Lamp.Light(1, RED))));
            // The reader starts before the other node joins, which has no readers: sharding would wait for it.
            next.execute("first", new Lamp.Light(1, RED));
            Await.until(() -> assertThat(events("copy-first")).isOne());
            try (var present = Release.presentBeside(next, journal.url)) {
                awaitMembers(next);
                for (var id : ids) present.execute(id, new io.guildhall.projections.upgrade.present.Lamp.Light(1));
                Await.until(() -> assertThat(ids)
                        .allMatch(id -> events("copy-" + id) == 1
                                || parked(followers).stream()
                                        .anyMatch(it -> it.entityId().equals(id)
                                                && it.cause().equals(Cause.UNREADABLE))));
                assertThat(parked(followers)).isNotEmpty();
                var address = Cluster.get(present.system()).selfMember().address();
                present.stop();
                Cluster.get(next.system()).manager().tell(new Down(address));
            }
            Await.until(() -> assertThat(parked(followers)).isEmpty());
            assertThat(ids).allMatch(id -> events("copy-" + id) == 1);
        }
    }
}
