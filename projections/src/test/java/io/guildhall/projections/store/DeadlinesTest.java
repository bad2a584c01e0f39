package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineId;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DeadlinesTest {
    private static final DeadlineKind BELL = new DeadlineKind("bell");
    private static final DeadlineKind REVIEW = new DeadlineKind("review");
    private static PGSimpleDataSource database;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile Optional<Error> clockFailure = Optional.empty();
    private Deadlines node1;
    private Deadlines node2;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated(Migrations::run);
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
        return new Deadlines(database, this::now, new BackgroundLoops(metrics, InstantSource.system()));
    }

    private Instant now() {
        clockFailure.ifPresent(it -> {
            failures.incrementAndGet();
            throw it;
        });
        return Instant.now().plus(clockOffset);
    }

    private double restarts() {
        return metrics.get("guildhall.loop.restarts").counter().count();
    }

    private void runBoth(DeadlineHandler handler) {
        node1.run(handling(handler));
        node2.run(handling(handler));
    }

    private static List<Process> handling(DeadlineHandler handler) {
        return handling(Map.of(BELL, handler));
    }

    private static List<Process> handling(Map<DeadlineKind, DeadlineHandler> handlers) {
        return List.of(new DeadlineProcess(handlers));
    }

    private void plan(String entity, Duration in) {
        plan(BELL.forEntity(entity), in);
    }

    private void plan(DeadlineId id, Duration in) {
        result(node1.plan(new Correlation("req_" + id.entityId()), id, now().plus(in)));
    }

    /** Handles deadlines as the test says, each when the test says. */
    private static final class Bell implements DeadlineHandler {
        final BlockingQueue<Deadline> started = new LinkedBlockingQueue<>();
        final BlockingQueue<CompletableFuture<DeadlineResult>> results = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<DeadlineResult> handle(Deadline deadline) {
            var result = new CompletableFuture<DeadlineResult>();
            results.add(result);
            started.add(deadline);
            return result;
        }

        Deadline awaitStart() throws InterruptedException {
            return requireNonNull(started.poll(20, TimeUnit.SECONDS), "no deadline was handled");
        }

        void end(DeadlineResult result) throws InterruptedException {
            requireNonNull(results.poll(20, TimeUnit.SECONDS)).complete(result);
        }
    }

    /** Waits until a node has saved the result of the only deadline, then returns the time until it is due. */
    private Duration dueIn() {
        Await.until(() -> assertThat(number("SELECT count(*) FROM deadline WHERE claimed_until IS NULL"))
                .isOne());
        return Duration.between(
                now(), Instant.ofEpochSecond(number("SELECT floor(extract(epoch FROM due_at)) FROM deadline")));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long rows() {
        return number("SELECT count(*) FROM deadline");
    }

    private static long number(String sql) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql);
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
                        .mapToObj(i -> "k" + i + " for req_k" + i)
                        .toList());
    }

    @Test
    void deadlinesAreHandledWhenDueOrMadeDue() {
        runBoth(deadline -> {
            handled.add(deadline.entityId() + deadline.number());
            return completedFuture(DeadlineResult.done());
        });
        plan(BELL.forEntity("ann", 1), Duration.ofDays(14));
        plan(BELL.forEntity("annie", 1), Duration.ofDays(14));
        plan("now", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("now0"));
        result(node2.makeDue(BELL, "ann"));
        Await.until(() -> assertThat(rows()).isOne());
        assertThat(handled).containsExactly("now0", "ann1");
        clockOffset = Duration.ofDays(14);
        Await.until(() -> assertThat(handled).containsExactly("now0", "ann1", "annie1"));
    }

    private static final String ONLY = "SELECT count(*) FROM deadline WHERE due_at = 'infinity'";

    private void rejectUntilParked(String entity) throws SQLException {
        plan(entity, Duration.ofDays(1));
        execute("UPDATE deadline SET attempts = 10");
        runBoth(deadline -> {
            handled.add(deadline.entityId() + " " + deadline.run());
            return completedFuture(DeadlineResult.rejected("TOO_EARLY"));
        });
        clockOffset = Duration.ofDays(1);
        // The eleventh try is repeated, the twelfth is the last.
        Await.until(() -> assertThat(handled).containsExactly(entity + " 11"));
        assertThat(dueIn()).isBetween(Duration.ofMinutes(355), Duration.ofMinutes(360));
        clockOffset = Duration.ofDays(2);
        Await.until(() -> assertThat(number(ONLY)).isOne());
        assertThat(handled).containsExactly(entity + " 11", entity + " 12");
    }

    @Test
    void deadlineThatIsRejectedAtEveryTryIsParkedAndRetriedOnRequest() throws SQLException {
        rejectUntilParked("ann");
        var control = new FollowerControl(database, List.of());
        assertThat(control.parked(10)).singleElement().satisfies(it -> {
            assertThat(List.of(it.follower(), it.kind(), it.entityId(), it.reason()))
                    .containsExactly("deadlines", "bell", "ann", "TOO_EARLY");
            assertThat(it.tries()).isEqualTo(12);
        });
        assertThat(control.parkedDeadlines()).isOne();
        assertThat(control.retryParked("deadlines", "bell", "bob")).isFalse();
        assertThat(control.retryParked("deadlines", "bell", "ann")).isTrue();
        Await.until(() -> assertThat(handled).containsExactly("ann 11", "ann 12", "ann 13"));
        Await.until(() -> assertThat(number(ONLY)).isOne());
        // A new plan is a new deadline.
        plan("ann", Duration.ZERO);
        Await.until(() -> assertThat(handled).endsWith("ann 13", "ann 1"));
        assertThat(control.parked(10)).isEmpty();
    }

    @Test
    void parkedDeadlineIsDroppedWithAReason() throws SQLException {
        rejectUntilParked("eve");
        var control = new FollowerControl(database, List.of());
        assertThat(control.dropParked("deadlines", "bell", "bob", "gone")).isEmpty();
        assertThat(control.dropParked("deadlines", "bell", "eve", "the room was deleted"))
                .hasValueSatisfying(it -> assertThat(it.failure()).isEqualTo("TOO_EARLY"));
        assertThat(rows()).isZero();
        assertThat(control.dropped(1))
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo("the room was deleted"));
    }

    @Test
    void deadlinesOfAGroupAreMadeDueTogether() {
        runBoth(deadline -> {
            handled.add(deadline.entityId());
            return completedFuture(DeadlineResult.done());
        });
        for (var entity : List.of("a", "b"))
            result(node1.plan(Correlation.NONE, BELL.forEntity(entity), "job_1", now().plus(Duration.ofDays(1))));
        result(node1.plan(Correlation.NONE, BELL.forEntity("c"), "job_12", now().plus(Duration.ofDays(1))));
        plan("job_1", Duration.ofDays(1));
        result(node2.makeGroupDue(BELL, "job_1"));
        Await.until(() -> assertThat(rows()).isEqualTo(2));
        assertThat(handled).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void planningAgainKeepsTheEarlierTime() {
        plan("k", Duration.ofHours(1));
        plan("k", Duration.ofHours(2));
        assertThat(rows()).isOne();
        assertThat(dueIn()).isLessThanOrEqualTo(Duration.ofHours(1));
        result(node1.makeDue(BELL, "k"));
        plan("k", Duration.ofHours(2));
        assertThat(dueIn()).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void aPlanMadeDuringHandlingIsNotDeletedWithTheOldOne() throws Exception {
        var bell = new Bell();
        runBoth(bell);
        plan("k", Duration.ZERO);
        bell.awaitStart();
        plan("k", Duration.ofHours(1));
        bell.end(DeadlineResult.done());
        assertThat(dueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        clockOffset = Duration.ofHours(1);
        assertThat(bell.awaitStart().previousRuns()).isZero();
        bell.end(DeadlineResult.done());
        Await.until(() -> assertThat(rows()).isZero());
    }

    @Test
    void aPlanMadeDuringHandlingIsNotOverwrittenByARetry() throws Exception {
        var bell = new Bell();
        runBoth(bell);
        plan("k", Duration.ZERO);
        bell.awaitStart();
        plan("k", Duration.ofHours(1));
        bell.end(DeadlineResult.retryAfter(Duration.ofDays(1)));
        assertThat(dueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void aDeadlineThatIsMadeDueDuringHandlingIsHandledAgain() throws Exception {
        var bell = new Bell();
        runBoth(bell);
        for (var result : List.of(DeadlineResult.retryAfter(Duration.ofDays(1)), DeadlineResult.done())) {
            plan("k", Duration.ZERO);
            bell.awaitStart();
            result(node2.makeDue(BELL, "k"));
            bell.end(result);
            bell.awaitStart();
            bell.end(DeadlineResult.done());
            Await.until(() -> assertThat(rows()).isZero());
        }
    }

    /** Two runs at the same time would make two calls to a payment provider. */
    @Test
    void aDeadlineIsNotHandledTwiceAtATime() throws Exception {
        var bell = new Bell();
        runBoth(bell);
        plan("k", Duration.ZERO);
        bell.awaitStart();
        result(node2.makeDue(BELL, "k"));
        plan("other", Duration.ZERO);
        assertThat(bell.awaitStart().entityId()).isEqualTo("other");
        plan("another", Duration.ZERO);
        assertThat(bell.awaitStart().entityId()).isEqualTo("another");
    }

    @Test
    void theResultOfAClaimThatHasRunOutChangesNothing() throws Exception {
        var late = new Bell();
        node1.run(handling(late));
        plan("k", Duration.ZERO);
        late.awaitStart();
        node1.close();
        clockOffset = Duration.ofSeconds(31);
        var current = new Bell();
        node2.run(handling(current));
        current.awaitStart();
        late.end(DeadlineResult.done());
        current.end(DeadlineResult.retryAfter(Duration.ofHours(1)));
        assertThat(dueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void retriesUntilDoneAndCountsRuns() {
        runBoth(deadline -> {
            handled.add("run " + deadline.previousRuns());
            return completedFuture(
                    deadline.previousRuns() < 2 ? DeadlineResult.retryAfter(Duration.ZERO) : DeadlineResult.done());
        });
        plan("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(handled).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void retriesAfterFailure() {
        runBoth(deadline -> {
            handled.add("run " + deadline.previousRuns());
            if (deadline.previousRuns() == 0) throw new IllegalStateException("broken");
            if (deadline.previousRuns() == 1)
                return CompletableFuture.failedFuture(new IllegalStateException("still broken"));
            return completedFuture(DeadlineResult.done());
        });
        plan("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(handled).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void hangingDeadlinesDelayNoOther() {
        runBoth(deadline -> {
            if (deadline.entityId().startsWith("stuck")) return new CompletableFuture<>();
            handled.add(deadline.entityId());
            return completedFuture(DeadlineResult.done());
        });
        for (int i = 0; i < 20; i++) plan("stuck" + i, Duration.ZERO);
        plan("free", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("free"));
        Await.until(() -> assertThat(rows()).isEqualTo(20));
    }

    /** As when the payment provider does not respond. */
    @Test
    void aKindWhoseDeadlinesAllHangDelaysNoOther() {
        var reviewed = new CompletableFuture<Void>();
        node1.run(handling(Map.of(
                BELL,
                _ -> {
                    handled.add("stuck");
                    return new CompletableFuture<>();
                },
                REVIEW,
                _ -> {
                    reviewed.complete(null);
                    return completedFuture(DeadlineResult.done());
                })));
        for (int i = 0; i < 100; i++) plan("k" + i, Duration.ZERO);
        Await.until(() -> assertThat(handled).hasSize(32));
        plan(REVIEW.forEntity("review"), Duration.ZERO);
        // Before the first of the others times out.
        assertThat(reviewed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(handled).hasSize(32);
    }

    @Test
    void continuesAfterAnyFailureOfItsLoop() throws Exception {
        runBoth(deadline -> {
            handled.add(deadline.entityId());
            return completedFuture(DeadlineResult.done());
        });
        clockFailure = Optional.of(new AssertionError("a bug"));
        Await.until(() -> assertThat(failures.get()).isGreaterThan(1));
        clockFailure = Optional.empty();
        plan("k", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("k"));
        execute("ALTER TABLE deadline RENAME TO away");
        Await.until(() -> assertThat(restarts()).isGreaterThan(2));
        execute("ALTER TABLE away RENAME TO deadline");
        plan("l", Duration.ZERO);
        Await.until(() -> assertThat(handled).containsExactly("k", "l"));
    }

    @Test
    void findsDeadlinesByIndex() throws SQLException {
        execute("INSERT INTO deadline (kind, entity_id, number, group_id, due_at)"
                + " SELECT 'bell', 'ent_' || i, 0, 'job_' || i, now() FROM generate_series(1, 20000) i");
        execute("ANALYZE deadline");
        for (var statement : List.of(
                "UPDATE deadline SET due_at = now() WHERE kind = 'bell' AND entity_id = 'ent_7' AND due_at > now()",
                "UPDATE deadline SET due_at = now() WHERE kind = 'bell' AND group_id = 'job_7' AND due_at > now()",
                "SELECT * FROM deadline WHERE kind = 'bell' AND due_at <= now() ORDER BY due_at LIMIT 32"))
            assertThat(plan(statement)).contains("Index").doesNotContain("Seq Scan", "Sort");
    }

    private static String plan(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("EXPLAIN " + statement);
                var rows = query.executeQuery()) {
            var lines = new ArrayList<String>();
            while (rows.next()) lines.add(rows.getString(1));
            return String.join("\n", lines);
        }
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
        result(claimed);
        node1.close();
        node2.run(handling(deadline -> {
            handled.add("run " + deadline.previousRuns());
            return completedFuture(DeadlineResult.done());
        }));
        clockOffset = Duration.ofSeconds(31);
        Await.until(() -> assertThat(handled).containsExactly("run 1"));
    }
}
