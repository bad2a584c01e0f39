package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.guildhall.Await;
import io.guildhall.domain.room.Room;
import io.guildhall.projections.Process;
import io.guildhall.projections.Start;
import io.guildhall.projections.TestNode;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.javadsl.ProjectionManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Pekko Projection does for a reader: it starts, stops and pauses it. Where it starts is ours. */
class FollowerProjectionTest {
    private static final String SLOW = "slow";
    private static final ProjectionId READER = ProjectionId.of("reacting", "0-1023");

    private final TestJournal journal = new TestJournal();
    private final ActorTestKit kit = TestNode.start(journal.url);
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private final Followers followers = new Followers(
            kit.system(),
            journal.database,
            new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()),
            TestLoops.create(),
            1);

    @AfterEach
    void stop() {
        release.complete(null);
        followers.close();
        kit.shutdownTestKit();
    }

    private Process process() {
        return process(READER.name());
    }

    private Process process(String name) {
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
                return List.of(Process.on(Room.AGGREGATE, recorded -> {
                    handled.add(
                            (name.equals(READER.name()) ? "" : name + " ") + recorded.entityId() + recorded.sequence());
                    return recorded.entityId().equals(SLOW) && name.equals(READER.name())
                            ? release
                            : CompletableFuture.completedFuture(null);
                }));
            }
        };
    }

    private ProjectionManagement management() {
        return ProjectionManagement.get(kit.system());
    }

    private String savedOffsets() {
        return journal.text("SELECT count(*) FROM pekko_projection_offset_store");
    }

    /** Where the reader has handled all events up to. */
    private String position() {
        return journal.text("SELECT xid || '/' || ordering FROM follower_position");
    }

    @Test
    void startsAtItsPositionWhateverOffsetWasSaved() throws SQLException {
        journal.write("a", 1, "one");
        journal.execute("""
                INSERT INTO pekko_projection_offset_store
                VALUES ('reacting', '0-1023', '999999999/999999999', 'STR', false, 0)
                """);
        followers.run(process());
        Await.until(() -> assertThat(handled).containsExactly("a1"));
    }

    @Test
    void savesNoOffsetForEachGroupOfEvents() throws SQLException {
        followers.run(process());
        for (int i = 1; i <= 5; i++) {
            journal.write("a", i, "text");
            var last = "a" + i;
            Await.until(() -> assertThat(handled).contains(last));
        }
        assertThat(savedOffsets()).isEqualTo("0");
    }

    @Test
    void pausesAndGoesOn() throws SQLException {
        followers.run(process());
        journal.write("a", 1, "one");
        Await.until(() -> assertThat(handled).containsExactly("a1"));
        Await.result(management().pause(READER));
        journal.write("a", 2, "two");
        assertThat(Await.result(management().isPaused(READER))).isTrue();
        assertThat(handled).containsExactly("a1");
        Await.result(management().resume(READER));
        Await.until(() -> assertThat(handled).containsExactly("a1", "a2"));
    }

    /** The positions are loaded again after a reset, but not while events after them are being handled. */
    @Test
    void handlesAnEventOnceAfterAReset() throws SQLException {
        followers.run(process());
        followers.run(process("other"));
        journal.write(SLOW, 1, "one");
        Await.until(() -> assertThat(handled).contains("slow1"));
        for (int i = 1; i <= 3; i++) {
            followers.control().retryParked();
            journal.write("a", i, "text");
            var read = "other a" + i;
            Await.until(() -> assertThat(handled).contains(read));
        }
        release.complete(null);
        Await.until(() -> assertThat(handled).contains("a3"));
        assertThat(handled.stream().filter(it -> !it.startsWith("other"))).containsExactly("slow1", "a1", "a2", "a3");
    }

    @Test
    void stopsAfterTheEventsThatItIsHandlingAndLogsNothing() throws SQLException {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            followers.run(process());
            journal.write(SLOW, 1, "one");
            Await.until(() -> assertThat(handled).containsExactly("slow1"));
            var before = position();
            // Stops the projection as a node does that leaves the cluster.
            var stopped = management().pause(READER);
            assertThatThrownBy(() -> stopped.toCompletableFuture().get(300, TimeUnit.MILLISECONDS))
                    .as("it is still handling the event")
                    .isInstanceOf(TimeoutException.class);
            assertThat(position()).isEqualTo(before);
            release.complete(null);
            Await.result(stopped);
            assertThat(position()).isNotEqualTo(before);
            assertThat(log.list).noneMatch(it -> it.getThrowableProxy() != null);
        } finally {
            root.detachAppender(log);
        }
    }
}
