package io.guildhall.projections.store;

import io.guildhall.background.Outage;
import io.guildhall.projections.View;
import io.guildhall.projections.store.ReadDatabase.Query;
import io.guildhall.projections.store.ReadDatabase.Work;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.RebuildTable.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to rebuild a view. It reads the journal from the first event into shadow tables, until only few events
 * are left, and then {@linkplain TableExchange exchanges} the tables. So the view never goes back. Whenever the node
 * dies, the database has the old tables with the old positions, or the new tables with the new ones.
 */
final class RebuildRun {
    /** How many readers share the slices, each with a connection. */
    static final int READERS = 3;

    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONG_STATEMENT = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(RebuildRun.class);

    /**
     * What all rebuilds of a node share.
     *
     * @param limits when an entity is parked
     * @param stopping counted down when the node stops
     */
    record Node(DataSource database, JournalReader journal, Tries.Limits limits, CountDownLatch stopping) {}

    /** The node stops, or another reader of this attempt has failed. */
    static final class InterruptedRunException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** No attempt can succeed. The message says what to do. */
    static final class RebuildImpossibleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RebuildImpossibleException(String message) {
            super(message);
        }
    }

    private final Node node;
    private final Claim claim;
    private final View view;
    private final EventHandler handler;
    private final ShadowTables shadow;
    private final List<ShadowReader> readers;
    private volatile boolean hasFailed;
    private boolean hasExchanged;

    RebuildRun(Node node, Claim claim, View view) {
        this.node = node;
        this.claim = claim;
        this.view = view;
        this.handler = ViewHandler.ofRebuild(view.forRebuild());
        this.shadow = new ShadowTables(view);
        this.hasExchanged = claim.phase() == Phase.FINISHING;
        this.readers = SliceRange.split(READERS).stream()
                .map(range -> new ShadowReader(this, range))
                .toList();
    }

    void run() throws Exception {
        if (!hasExchanged) {
            LOG.info("Rebuilding {}, attempt {}", view.name(), claim.attempt());
            replay();
            new TableExchange(this, claim, shadow, readers).run();
            hasExchanged = true;
            LOG.info("View {} now uses its rebuilt tables", view.name());
        }
        inLongTransaction(view::alignAfterRebuild);
        end(Phase.DONE, Optional.empty());
        LOG.info("Rebuilt {}", view.name());
    }

    private void replay() throws Exception {
        inTransaction(shadow::create);
        long total = 0;
        for (var kind : kinds()) total += count(kind);
        long events = total;
        inTransaction(connection -> RebuildTable.setTotal(connection, claim, events));
        readTo(horizon());
        inLongTransaction(shadow::analyze);
        readTo(horizon());
        inTransaction(connection -> RebuildTable.setPhase(connection, claim, Phase.SWAPPING));
    }

    /** Whether the new tables are in use. */
    boolean hasExchanged() {
        return hasExchanged;
    }

    long horizon() throws SQLException {
        return node.journal().horizon();
    }

    private long count(String kind) throws SQLException {
        long count = 0;
        var after = Position.START;
        while (true) {
            throwIfStopping();
            var chunk = node.journal().count(kind, after);
            count += chunk.events();
            if (chunk.isLast()) return count;
            after = chunk.end();
            long events = count;
            inTransaction(connection -> RebuildTable.setTotal(connection, claim, events));
        }
    }

    /** Has all readers read the events before a horizon. */
    void readTo(long horizon) throws Exception {
        var reading = readers.stream()
                .map(reader ->
                        CompletableFuture.supplyAsync(() -> failure(reader, horizon), Thread::startVirtualThread))
                .toList();
        var failures = reading.stream().flatMap(it -> it.join().stream()).toList();
        for (var it : failures) if (!(it instanceof InterruptedRunException)) throw it;
        if (!failures.isEmpty()) throw failures.getFirst();
    }

    /** Empty if the reader has read all. */
    private Optional<Exception> failure(ShadowReader reader, long horizon) {
        try {
            reader.readTo(horizon);
            return Optional.empty();
        } catch (Exception e) {
            hasFailed = true;
            return Optional.of(e);
        } catch (Error e) {
            hasFailed = true;
            return Optional.of(new IllegalStateException(e));
        }
    }

    /** Ends the rebuild without an exchange. Does nothing if another node has the claim. */
    void end(Phase phase, Optional<String> failure) throws SQLException {
        inTransaction(connection -> {
            if (RebuildTable.end(connection, claim, phase, failure)) shadow.drop(connection);
        });
    }

    /** Runs statements that can exceed the timeout of the pool. */
    private void inLongTransaction(Work work) throws SQLException {
        inTransaction(connection -> RebuildTable.extend(connection, claim, LONG_STATEMENT));
        inTransaction(connection -> {
            connection.setNetworkTimeout(
                    Runnable::run, (int) LONG_STATEMENT.plusSeconds(2).toMillis());
            Sql.list(
                    connection,
                    "SELECT set_config('statement_timeout', ?, true)",
                    _ -> true,
                    Long.toString(LONG_STATEMENT.toMillis()));
            work.on(connection);
        });
    }

    <T> T callInTransaction(Query<T> call) throws SQLException {
        try (var connection = node.database().getConnection()) {
            return ReadDatabase.inTransaction(connection, call);
        }
    }

    void inTransaction(Work work) throws SQLException {
        try (var connection = node.database().getConnection()) {
            ReadDatabase.runInTransaction(connection, work);
        }
    }

    // What its readers use.

    JournalReader journal() {
        return node.journal();
    }

    Tries.Limits limits() {
        return node.limits();
    }

    View view() {
        return view;
    }

    EventHandler handler() {
        return handler;
    }

    List<String> kinds() {
        return view.follows().stream().map(it -> it.aggregate().name()).toList();
    }

    /** Does work on the shadow tables and counts its events, in one transaction. */
    void inShadow(int events, Work work) throws SQLException {
        inTransaction(connection -> {
            shadow.enter(connection);
            work.on(connection);
            RebuildTable.addEvents(connection, claim, events);
        });
    }

    boolean wasDropped(Envelope event) throws SQLException {
        try (var connection = node.database().getConnection()) {
            return ParkedEntities.wasDropped(connection, view.name(), event);
        }
    }

    /** @throws RebuildImpossibleException if a reader would park too many entities */
    void requireMayPark(int entities) {
        if (entities > ParkedEntities.MAX_PARKED / READERS)
            throw new RebuildImpossibleException("The events of more than " + (entities - 1)
                    + " entities cannot be applied. See the log for the cause, fix it and rebuild again.");
    }

    void throwIfStopping() {
        if (hasFailed || node.stopping().getCount() == 0) throw new InterruptedRunException();
    }

    /** Waits, and renews the claim unless the database is unavailable. */
    void pause(Duration duration) throws InterruptedException, SQLException {
        for (var left = duration; left.isPositive(); left = left.minus(RENEWAL_INTERVAL)) {
            var next = left.compareTo(RENEWAL_INTERVAL) < 0 ? left : RENEWAL_INTERVAL;
            var _ = node.stopping().await(next.toMillis(), TimeUnit.MILLISECONDS);
            throwIfStopping();
            try {
                inTransaction(connection -> RebuildTable.addEvents(connection, claim, 0));
            } catch (SQLException e) {
                if (!Outage.isCauseOf(e)) throw e;
            }
        }
    }
}
