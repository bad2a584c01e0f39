package io.guildhall.projections.store;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.testing.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Writes events as several nodes do while several others read them, and checks that each reader reads each event exactly
 * once and in the order of its entity. In the meantime transactions of all kinds run: long ones that write no events, slow
 * and rolled-back ones that write some, and server processes of writers are stopped for a moment.
 *
 * <p>{@code ./guildhall bench journal [--events N]} runs it over a PostgreSQL of its own.
 */
final class JournalSoak {
    private static final int CONNECTIONS = 40;
    private static final Duration RUN_TIMEOUT = Duration.ofMinutes(30);

    /**
     * @param events that are committed
     * @param readers that read all events, each in three ranges of slices
     */
    record Plan(int events, int writers, int readers, int foreignTransactions, long seed) {
        static Plan ofEvents(int events, long seed) {
            return new Plan(events, 6, 4, 4, seed);
        }
    }

    /**
     * @param violations what was read twice, too early or not at all; empty if all is well
     * @param pauses how often the process of a writer was stopped
     * @param pausesWithUnlockedId of them, how often it had a transaction id that it had not locked
     */
    record Report(
            long events,
            Duration time,
            long rolledBack,
            long foreign,
            int pauses,
            int pausesWithUnlockedId,
            List<Long> lags,
            List<String> violations) {
        long lagMillis(double quantile) {
            return lags.isEmpty() ? 0 : lags.get((int) Math.min(lags.size() - 1L, (long) (lags.size() * quantile)));
        }
    }

    private JournalSoak() {}

    static Report run(Plan plan, TestJournal journal, ActorSystem<?> system) throws Exception {
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(journal.database);
            pool.setMaximumPoolSize(CONNECTIONS);
            return run(plan, pool, system);
        }
    }

    private static Report run(Plan plan, DataSource database, ActorSystem<?> system) throws Exception {
        long start = System.nanoTime();
        var load = new SoakLoad(plan, database);
        var isWritten = new AtomicBoolean();
        var violations = new ConcurrentLinkedQueue<String>();
        var lags = new ConcurrentLinkedQueue<Long>();
        var signals = new ArrayList<JournalSignal>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = load.writers().stream().map(threads::submit).toList();
            var others = load.others().stream().map(threads::submit).toList();
            var readers = new ArrayList<Future<Void>>();
            for (int i = 0; i < plan.readers(); i++) {
                var journal = new JournalReader(database, system);
                // As on a node: its readers share a signal.
                var signal = new JournalSignal(journal, TestLoops.create());
                signals.add(signal);
                for (var range : SliceRange.split(3))
                    readers.add(threads.submit(new SoakReader(
                            "reader " + i, database, journal, signal, range, load, isWritten, violations, lags)::read));
            }
            try {
                await(writers);
                isWritten.set(true);
                await(readers);
            } finally {
                // After a failure, too, so that no thread waits for ever.
                isWritten.set(true);
                load.end();
            }
            await(others);
        }
        signals.forEach(JournalSignal::close);
        return report(
                load, Duration.ofNanos(System.nanoTime() - start), List.copyOf(violations), new ArrayList<>(lags));
    }

    private static void await(List<Future<Void>> tasks) throws Exception {
        for (var it : tasks) {
            try {
                it.get(RUN_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static Report report(SoakLoad load, Duration time, List<String> violations, List<Long> lags) {
        Collections.sort(lags);
        return new Report(
                load.committed().values().stream().mapToLong(it -> it).sum(),
                time,
                load.rolledBack.get(),
                load.foreign.get(),
                load.pauses.get(),
                load.pausesWithUnlockedId.get(),
                lags,
                violations);
    }

    public static void main(String[] arguments) throws Exception {
        int events = 500_000;
        if (arguments.length == 2 && arguments[0].equals("--events")) events = Integer.parseInt(arguments[1]);
        else if (arguments.length > 0) {
            System.err.println("usage: ./guildhall bench journal [--events 500000]");
            System.exit(2);
        }
        var plan = Plan.ofEvents(events, System.nanoTime());
        System.out.printf(
                "%,d events by %d writers, read by %d readers, beside %d other transactions …%n",
                events, plan.writers(), plan.readers(), plan.foreignTransactions());
        var system = ActorSystem.create(Behaviors.empty(), "soak");
        var report = run(plan, new TestJournal(), system);
        system.terminate();
        System.out.printf(
                """
                  committed                %,d events in %,d s, %,.0f/s
                  rolled back              %,d transactions
                  without events           %,d transactions, up to %d s long
                  writer processes paused  %,d times, %,d of them with a transaction id that was not locked
                  write until read         p50 %d ms, p99 %d ms, longest %d ms
                """,
                report.events(),
                report.time().toSeconds(),
                report.events() / (report.time().toMillis() / 1000.0),
                report.rolledBack(),
                report.foreign(),
                SoakLoad.MAX_FOREIGN_TRANSACTION.toSeconds(),
                report.pauses(),
                report.pausesWithUnlockedId(),
                report.lagMillis(0.5),
                report.lagMillis(0.99),
                report.lagMillis(1));
        report.violations().stream().limit(20).forEach(System.out::println);
        System.out.println(
                report.violations().isEmpty()
                        ? "Every reader read every event once and in order."
                        : report.violations().size() + " violations");
        System.exit(report.violations().isEmpty() ? 0 : 1);
    }
}
