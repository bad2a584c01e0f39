package io.guildhall.projections.store;

import static io.guildhall.Await.answer;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.process.DeadlineHandler;
import io.guildhall.projections.process.DeadlineResult;
import io.guildhall.testing.TestDatabase;
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
    private static PGSimpleDataSource database;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private volatile Duration passed = Duration.ZERO;
    private Deadlines here;
    private Deadlines there;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
        Migrations.run(database);
    }

    @BeforeEach
    void twoNodes() throws SQLException {
        execute("DELETE FROM deadline");
        here = node();
        there = node();
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private Deadlines node() {
        return new Deadlines(database, this::now);
    }

    private Instant now() {
        return Instant.now().plus(passed);
    }

    private void both(DeadlineHandler due) {
        here.run(List.of(Map.of("bell", due)));
        there.run(List.of(Map.of("bell", due)));
    }

    private void rings(String key, Duration in) {
        answer(here.at(new Correlation("req_" + key), "bell", key, "ent_" + key, now().plus(in)));
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
    void whatIsDueIsDoneOnceByOneOfTwoNodes() {
        both(row -> {
            heard.add(row.entityId() + " for " + row.correlation().id());
            return completedFuture(DeadlineResult.done());
        });
        for (int i = 0; i < 200; i++) rings("k" + i, Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(i -> "ent_k" + i + " for req_k" + i)
                        .toList());
    }

    @Test
    void nothingIsDoneBeforeItsTimeUnlessHastened() {
        both(row -> {
            heard.add(row.key());
            return completedFuture(DeadlineResult.done());
        });
        rings("ann/1", Duration.ofDays(14));
        rings("bob/1", Duration.ofDays(14));
        rings("now", Duration.ZERO);
        Await.until(() -> assertThat(heard).containsExactly("bell/now"));
        answer(there.hasten("bell", "ann/"));
        Await.until(() -> assertThat(heard).containsExactly("bell/now", "bell/ann/1"));
        passed = Duration.ofDays(14);
        Await.until(() -> assertThat(heard).containsExactly("bell/now", "bell/ann/1", "bell/bob/1"));
    }

    @Test
    void theSameTwiceIsOneRow() {
        rings("k", Duration.ofHours(1));
        rings("k", Duration.ofHours(2));
        assertThat(rows()).isOne();
    }

    @Test
    void whatIsNotDoneIsDueAgainAndCounts() {
        both(row -> {
            heard.add("run " + row.runs());
            return completedFuture(row.runs() < 2 ? DeadlineResult.again(Duration.ZERO) : DeadlineResult.done());
        });
        rings("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(heard).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void aFailureIsTriedAgainAfterAPause() {
        both(row -> {
            heard.add("run " + row.runs());
            if (row.runs() == 0) throw new IllegalStateException("broken");
            if (row.runs() == 1) return CompletableFuture.failedFuture(new IllegalStateException("still broken"));
            return completedFuture(DeadlineResult.done());
        });
        rings("k", Duration.ZERO);
        Await.until(() -> assertThat(rows()).isZero());
        assertThat(heard).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void whatHangsHoldsUpNobody() {
        both(row -> {
            if (row.key().startsWith("bell/stuck")) return new CompletableFuture<>();
            heard.add(row.key());
            return completedFuture(DeadlineResult.done());
        });
        for (int i = 0; i < 20; i++) rings("stuck" + i, Duration.ZERO);
        rings("free", Duration.ZERO);
        Await.until(() -> assertThat(heard).containsExactly("bell/free"));
        Await.until(() -> assertThat(rows()).isEqualTo(20));
    }

    /** The node that took it does not come back. */
    @Test
    void whatADeadNodeTookIsDueElsewhere() {
        var taken = new CompletableFuture<Void>();
        here.run(List.of(Map.of("bell", row -> {
            taken.complete(null);
            return new CompletableFuture<>();
        })));
        rings("k", Duration.ZERO);
        answer(taken);
        here.close();
        there.run(List.of(Map.of("bell", row -> {
            heard.add("run " + row.runs());
            return completedFuture(DeadlineResult.done());
        })));
        passed = Duration.ofSeconds(31);
        Await.until(() -> assertThat(heard).containsExactly("run 1"));
    }
}
