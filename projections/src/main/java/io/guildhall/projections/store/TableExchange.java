package io.guildhall.projections.store;

import io.guildhall.background.Outage;
import io.guildhall.background.RetryDelays;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.RebuildTable.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange of a view's tables. In one transaction it stops the readers of the view, reads the last events, replaces
 * the tables, and moves the positions of the view to the position of the new tables. If it cannot lock the tables, it
 * rolls back and tries again with exponential backoff.
 */
final class TableExchange {
    private static final int MAX_LAST_EVENTS = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(TableExchange.class);

    private final RebuildRun run;
    private final Claim claim;
    private final ShadowTables shadow;
    private final List<ShadowReader> readers;
    private final RetryDelays pauses = new RetryDelays(FIRST_PAUSE, MAX_PAUSE);

    /** One of the last events could not be handled, or there are too many: they are read in batches first. */
    private static final class LastEventsFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LastEventsFailedException(Throwable cause) {
            super(cause);
        }
    }

    TableExchange(RebuildRun run, Claim claim, ShadowTables shadow, List<ShadowReader> readers) {
        this.run = run;
        this.claim = claim;
        this.shadow = shadow;
        this.readers = readers;
    }

    /** Tries until it has succeeded, or an operator stops the rebuild. */
    void run() throws Exception {
        while (!tryOnce()) {
            run.pause(pauses.next());
            run.readTo(run.horizon());
        }
    }

    /** Returns false without a change if it has to be tried again. */
    private boolean tryOnce() throws Exception {
        try {
            return run.callInTransaction(this::exchange);
        } catch (LastEventsFailedException e) {
            LOG.debug("The last events of {} could not be applied; reading them in batches", claim.view(), e);
            return false;
        } catch (SQLException e) {
            if (!Outage.isCauseOf(e)) throw e;
            explain(e);
            return false;
        }
    }

    private boolean exchange(Connection connection) throws SQLException {
        // Before anything else is locked, since it can take seconds.
        shadow.preventVacuum(connection);
        // Locks the positions first, as every reader does: readers in progress finish, and later ones fail and read the
        // new positions.
        var newest = FollowerPositions.lock(connection, claim.view());
        long horizon = run.horizon();
        // The view has read further than the new tables.
        if (newest.transaction() >= horizon) return false;
        shadow.enter(connection);
        int last = 0;
        for (var reader : readers) last += readLast(reader, connection, horizon);
        shadow.leave(connection);
        RebuildTable.addEvents(connection, claim, last);
        RebuildTable.setPhase(connection, claim, Phase.FINISHING);
        RebuildTable.setFailure(connection, claim, Optional.empty());
        moveView(connection, horizon);
        shadow.exchange(connection);
        return true;
    }

    /** Moves the view to the position of the new tables. */
    private void moveView(Connection connection, long horizon) throws SQLException {
        var parked = readers.stream().flatMap(it -> it.parked().stream()).toList();
        ParkedEntities.replace(connection, claim.view(), parked);
        // A reader must not handle a further event before it knows what is parked: with another position it loads both.
        if (parked.isEmpty()) FollowerPositions.moveToLastEvent(connection, claim.view(), horizon);
        else FollowerPositions.moveAll(connection, claim.view(), new Position(horizon, 0));
        FollowerPositions.countReset(connection);
    }

    private static int readLast(ShadowReader reader, Connection connection, long horizon) {
        try {
            return reader.readLast(connection, horizon, MAX_LAST_EVENTS)
                    .orElseThrow(() -> new IllegalStateException("too many events are left"));
        } catch (Exception e) {
            throw new LastEventsFailedException(e);
        }
    }

    /** Records what has locks on the tables, so that the list of rebuilds shows it. */
    private void explain(SQLException failure) {
        try {
            run.inTransaction(connection -> {
                var users = shadow.users(connection);
                var reason = "The tables are in use, so they could not be exchanged (" + failure.getMessage()
                        + "). Trying again." + (users.isEmpty() ? "" : " In use by: " + String.join("; ", users));
                LOG.info("{}: {}", claim.view(), reason);
                RebuildTable.setFailure(connection, claim, Optional.of(reason));
            });
        } catch (SQLException e) {
            LOG.info("The tables of {} could not be exchanged; trying again: {}", claim.view(), e.getMessage());
        }
    }
}
