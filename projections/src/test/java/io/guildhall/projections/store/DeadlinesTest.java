package io.guildhall.projections.store;

import static io.guildhall.Await.answer;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestLoops;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DeadlinesTest {
    private static final DeadlineKind BELL = new DeadlineKind("bell");
    private static PGSimpleDataSource database;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private volatile Duration clockOffset = Duration.ZERO;
    private Deadlines node1;
    private Deadlines node2;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
        Migrations.run(database);
    }

    @BeforeEach
    void createNodes() throws SQLException {
        execute("DELETE FROM deadline");
        node1 = node();
        node2 = node();
    }

    @AfterEach
    void stop() {
        node1.close();
        node2.close();
    }

    private Deadlines node() {
        return new Deadlines(database, this::now, TestLoops.create());
    }

    private Instant now() {
        return Instant.now().plus(clockOffset);
    }

    private void runBoth(DeadlineHandler handler) {
        node1.run(handling(handler));
        node2.run(handling(handler));
    }

    private static List<Process> handling(DeadlineHandler handler) {
        return List.of(new Process() {
            @Override
            public String name() {
                return "bell";
            }

            @Override
            public List<Subscription<?>> follows() {
                return List.of();
            }

            @Override
            public Map<DeadlineKind, DeadlineHandler> deadlines() {
                return Map.of(BELL, handler);
            }
        });
    }

    private void plan(String key, Duration in) {
        answer(node1.plan(new Correlation("req_" + key), BELL, key, "ent_" + key, now().plus(in)));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long rows() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT count(*) FROM deadline");
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachDeadlineIsHandledByOneNode() {
        runBoth(deadline -> {
            handled.add(deadline.entityId() + " for " + deadline.correlation().id());
            return completedFuture(DeadlineResult.done());
        });
        for (int i = 0; i < 200; i++) plan("k" + i, Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(i -> "ent_k" + i + " for req_k" + i)
                        .toList());
    }

    @Test
    void deadlinesAreHandledWhenDueOrMadeDue() {
        runBoth(deadline -> {
            handled.add(deadline.key());
            return completedFuture(DeadlineResult.done());
        });
        plan("ann/1", Duration.ofDays(14));
        plan("bob/1", Duration.ofDays(14));
        plan("now", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("now"));
        answer(node2.makeDue(BELL, "ann/"));
        Await.until(() -> assertThat(handled).containsExactly("now", "ann/1"));
        clockOffset = Duration.ofDays(14);
        Await.until(() -> assertThat(handled).containsExactly("now", "ann/1", "bob/1"));
    }

    @Test
    void planningTheSameKeyAgainChangesNothing() {
        plan("k", Duration.ofHours(1));
        plan("k", Duration.ofHours(2));
        assertThat(rows()).isOne();
    }

    @Test
    void retriesUntilDoneAndCountsRuns() {
        runBoth(deadline -> {
            handled.add("run " + deadline.runs());
            return completedFuture(
                    deadline.runs() < 2 ? DeadlineResult.retryAfter(Duration.ZERO) : DeadlineResult.done());
        });
        plan("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(handled).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void retriesAfterFailure() {
        runBoth(deadline -> {
            handled.add("run " + deadline.runs());
            if (deadline.runs() == 0) throw new IllegalStateException("broken");
            if (deadline.runs() == 1) return CompletableFuture.failedFuture(new IllegalStateException("still broken"));
            return completedFuture(DeadlineResult.done());
        });
        plan("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(handled).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void hangingDeadlinesDelayNoOther() {
        runBoth(deadline -> {
            if (deadline.key().startsWith("stuck")) return new CompletableFuture<>();
            handled.add(deadline.key());
            return completedFuture(DeadlineResult.done());
        });
        for (int i = 0; i < 20; i++) plan("stuck" + i, Duration.ZERO);
        plan("free", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("free"));
        Await.until(() -> assertThat(rows()).isEqualTo(20));
    }

    @Test
    void refusesTwoHandlersOfOneKind() {
        var twice = List.of(
                handling(_ -> CompletableFuture.failedFuture(new AssertionError("first")))
                        .getFirst(),
                handling(_ -> CompletableFuture.failedFuture(new AssertionError("second")))
                        .getFirst());
        assertThatThrownBy(() -> node1.run(twice))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bell");
    }

    /** The node that claimed it is gone. */
    @Test
    void deadlineClaimedByDeadNodeIsHandledByAnother() {
        var claimed = new CompletableFuture<Void>();
        node1.run(handling(deadline -> {
            claimed.complete(null);
            return new CompletableFuture<>();
        }));
        plan("k", Duration.ZERO);
        answer(claimed);
        node1.close();
        node2.run(handling(deadline -> {
            handled.add("run " + deadline.runs());
            return completedFuture(DeadlineResult.done());
        }));
        clockOffset = Duration.ofSeconds(31);
        Await.until(() -> assertThat(handled).containsExactly("run 1"));
    }
}
