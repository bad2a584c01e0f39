package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.live.AccountList;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers of an account's changes have no gap and become visible in their order, also with concurrent writers. */
class ListChangeTableTest {
    private static final int WRITERS = 3;
    private static final int TRANSACTIONS = 24;
    private static final int ACCOUNTS = 5;

    private final TestJournal journal = new TestJournal();

    private static ListChange change(String account, String entity, long sequence) {
        return new ListChange(
                account,
                AccountList.JOBS,
                "",
                "job",
                new Recorded<>(entity, sequence, "event", Instant.now(), Correlation.NONE));
    }

    private void add(List<ListChange> changes, boolean isCommitted) throws SQLException {
        try (var connection = journal.begin()) {
            ListChangeTable.add(connection, changes);
            if (isCommitted) connection.commit();
            else connection.rollback();
        }
    }

    private Map<String, List<Long>> numbers() {
        try (var connection = journal.database.getConnection()) {
            record Line(String account, long number) {}
            var numbers = new HashMap<String, List<Long>>();
            for (var it : Sql.list(
                    connection,
                    "SELECT account_id, number FROM live_entry ORDER BY account_id, number",
                    row -> new Line(row.getString(1), row.getLong(2))))
                numbers.computeIfAbsent(it.account(), _ -> new ArrayList<>()).add(it.number());
            return numbers;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isGapless(List<Long> numbers) {
        return numbers.equals(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void concurrentTransactionsLeaveNoGapAtAnyTime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<Integer>>();
            for (int writer = 0; writer < WRITERS; writer++) writers.add(threads.submit(writer(writer)));
            while (!writers.stream().allMatch(Future::isDone))
                assertThat(numbers().values()).allMatch(ListChangeTableTest::isGapless);
            int written = 0;
            for (var it : writers) written += it.get();
            assertThat(numbers().values()).allMatch(ListChangeTableTest::isGapless);
            assertThat(numbers().values().stream().mapToInt(List::size).sum()).isEqualTo(written);
        }
    }

    /** Adds changes for several accounts in random order, and rolls every fourth transaction back. */
    private Callable<Integer> writer(int number) {
        return () -> {
            var random = new Random(number);
            int written = 0;
            for (int i = 1; i <= TRANSACTIONS; i++) {
                long sequence = i;
                var changes = IntStream.range(0, 6)
                        .mapToObj(it -> change("acc_" + random.nextInt(ACCOUNTS), "job_" + number + "_" + it, sequence))
                        .toList();
                boolean isCommitted = i % 4 != 0;
                add(changes, isCommitted);
                if (isCommitted) written += changes.size();
            }
            return written;
        };
    }

    @Test
    void changesOfOneTransactionAreNumberedInTheirOrder() throws SQLException {
        add(List.of(change("acc_1", "job_b", 1), change("acc_2", "job_a", 1), change("acc_1", "job_a", 1)), true);
        assertThat(journal.text(
                        "SELECT string_agg(entity_id, ' ' ORDER BY number) FROM live_entry WHERE account_id = 'acc_1'"))
                .isEqualTo("job_b job_a");
    }

    @Test
    void sweepKeepsWhatClientsCanRead() throws SQLException {
        journal.execute("""
                INSERT INTO live_entry SELECT 'acc_1', n, 'JOBS', '', 'job', 'job_a', n, now() - interval '6 days'
                  FROM generate_series(1, 10003) AS n;
                INSERT INTO live_account VALUES ('acc_1', 10003);
                INSERT INTO live_entry SELECT 'acc_2', n, 'JOBS', '', 'job', 'job_a', n, now() - n * interval '3 days'
                  FROM generate_series(1, 4) AS n
                """);
        assertThat(new ListChangeSweep(journal.database).sweep()).isPositive();
        assertThat(journal.text("SELECT min(number) || ' ' || count(*) FROM live_entry WHERE account_id = 'acc_1'"))
                .isEqualTo("4 10000");
        assertThat(numbers().get("acc_2")).containsExactly(1L, 2L);
    }

    @Test
    void ignoresAChangeThatWasAddedBefore() throws SQLException {
        add(List.of(change("acc_1", "job_a", 1)), true);
        add(List.of(change("acc_1", "job_a", 1), change("acc_1", "job_a", 2)), true);
        assertThat(numbers()).isEqualTo(Map.of("acc_1", List.of(1L, 2L)));
    }
}
