package io.guildhall.projections.store;

import io.guildhall.background.Outage;
import io.guildhall.projections.View;
import io.guildhall.projections.store.ReadDatabase.Work;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.RebuildTable.Claim;
import java.sql.Connection;
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
 * One attempt to rebuild a view. It reads the journal from the first event into shadow tables, until only few events are
 * left. In one transaction it then keeps the readers of the view from going on, reads the last events, exchanges the
 * tables, and moves the positions of the view to where the new tables are. So the view never goes back, and whenever the
 * node dies, the database has the old tables with the old positions or the new tables with the new ones.
 */
final class RebuildRun {
    /** How many readers share the slices, each with a connection. */
    static final int READERS = 3;

    private static final int MAX_LAST_EVENTS = 1_000;
    private static final Duration SWAP_PAUSE = Duration.ofMillis(500);
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

    /** An event that could not be handled among the last ones: it is tried again as one of many. */
    private static final class LastEventsFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LastEventsFailedException(Throwable cause) {
            super(cause);
        }
    }

    private final Node node;
    private final Claim claim;
    private final View view;
    private final EventHandler handler;
    private final ShadowTables shadow;
    private final List<ShadowReader> readers;
    private volatile boolean hasFailed;

    RebuildRun(Node node, Claim claim, View view) {
        this.node = node;
        this.claim = claim;
        this.view = view;
        this.handler = new ViewHandler(view.forRebuild());
        this.shadow = new ShadowTables(view);
        this.readers = SliceRange.split(READERS).stream()
                .map(range -> new ShadowReader(this, range))
                .toList();
    }

    void run() throws Exception {
        if (claim.phase() != Phase.FINISHING) {
            LOG.info("Rebuilding {}, attempt {}", view.name(), claim.attempt());
            replay();
            while (!swap()) {
                pause(SWAP_PAUSE);
                readTo(horizon());
            }
            LOG.info("The rebuilt tables of {} serve", view.name());
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

    private long horizon() throws SQLException {
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
    private void readTo(long horizon) throws Exception {
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

    /** Returns false, having changed nothing, if it has to be tried again. */
    private boolean swap() throws Exception {
        try (var connection = node.database().getConnection()) {
            return ReadDatabase.inTransaction(connection, this::swap);
        } catch (LastEventsFailedException e) {
            LOG.debug("The last events of {} could not be applied", view.name(), e);
            return false;
        } catch (SQLException e) {
            if (!Outage.isCauseOf(e)) throw e;
            LOG.debug("The tables of {} could not be exchanged", view.name(), e);
            return false;
        }
    }

    private boolean swap(Connection connection) throws SQLException {
        // As every reader does, the positions first: those that are at work finish, and those that come later fail and
        // read the new positions.
        var newest = FollowerPositions.lock(connection, view.name());
        long horizon = horizon();
        // While the view is further, the new tables would show less than it does.
        if (newest.transaction() >= horizon) return false;
        shadow.enter(connection);
        int last = 0;
        for (var reader : readers) {
            int read = readLast(reader, connection, horizon);
            if (read < 0) throw new LastEventsFailedException(new IllegalStateException("too many events are left"));
            last += read;
        }
        shadow.leave(connection);
        RebuildTable.addEvents(connection, claim, last);
        RebuildTable.setPhase(connection, claim, Phase.FINISHING);
        moveView(connection, horizon);
        shadow.swap(connection);
        return true;
    }

    /** To where the new tables are. */
    private void moveView(Connection connection, long horizon) throws SQLException {
        var parked = readers.stream().flatMap(it -> it.parked().stream()).toList();
        ParkedEntities.replace(connection, view.name(), parked);
        // A reader must not handle a further event before it knows what is parked: with another position it loads both.
        if (parked.isEmpty()) FollowerPositions.moveToLast(connection, view.name(), horizon);
        else FollowerPositions.moveAll(connection, view.name(), new Position(horizon, 0));
        FollowerPositions.countReset(connection);
    }

    private static int readLast(ShadowReader reader, Connection connection, long horizon) {
        try {
            return reader.readLast(connection, horizon, MAX_LAST_EVENTS);
        } catch (Exception e) {
            throw new LastEventsFailedException(e);
        }
    }

    /** Ends the rebuild without an exchange. Does nothing if another node has the claim. */
    void end(Phase phase, Optional<String> failure) throws SQLException {
        inTransaction(connection -> {
            if (RebuildTable.end(connection, claim, phase, failure)) shadow.drop(connection);
        });
    }

    /** With statements that can take longer than the pool allows. */
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

    private void inTransaction(Work work) throws SQLException {
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
                    + " entities cannot be applied. Look into the log for the cause, and rebuild again.");
    }

    void throwIfStopping() {
        if (hasFailed || node.stopping().getCount() == 0) throw new InterruptedRunException();
    }

    /** Waits, and renews the claim unless the database is away. */
    void pause(Duration duration) throws InterruptedException, SQLException {
        var _ = node.stopping().await(duration.toMillis(), TimeUnit.MILLISECONDS);
        throwIfStopping();
        try {
            inTransaction(connection -> RebuildTable.addEvents(connection, claim, 0));
        } catch (SQLException e) {
            if (!Outage.isCauseOf(e)) throw e;
        }
    }
}
