package io.guildhall.projections.store;

import io.guildhall.projections.store.ReadDatabase.Work;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** How far a reader has read each kind of event. Used by one thread. */
final class Checkpoint {
    private final DataSource database;
    private final Semaphore permits;
    private final String follower;
    private final SliceRange range;
    private final Map<String, Position> positions;

    private Checkpoint(
            DataSource database,
            Semaphore permits,
            String follower,
            SliceRange range,
            Map<String, Position> positions) {
        this.database = database;
        this.permits = permits;
        this.follower = follower;
        this.range = range;
        this.positions = positions;
    }

    static Checkpoint load(DataSource database, Semaphore permits, Follower follower, SliceRange range)
            throws SQLException {
        permits.acquireUninterruptibly();
        try (var connection = database.getConnection()) {
            var positions = new HashMap<>(FollowerPositions.load(connection, follower, range));
            return new Checkpoint(database, permits, follower.name(), range, positions);
        } finally {
            permits.release();
        }
    }

    /** The stored position of each kind. */
    Map<String, Position> positions() {
        return Map.copyOf(positions);
    }

    /**
     * Moves the positions after these events and does the work, in one transaction. The positions come first: while one
     * reader works, another with the same positions waits, and then fails without having changed anything.
     *
     * @throws FollowerPositions.StalePositionException if another reader has moved them
     */
    void moveAfter(List<Envelope> events, Work work) throws SQLException {
        var after = new HashMap<String, Position>();
        for (var it : events) after.put(it.kind(), it.position());
        permits.acquireUninterruptibly();
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                FollowerPositions.save(it, follower, range, positions, after);
                work.on(it);
            });
        } finally {
            permits.release();
        }
        positions.putAll(after);
    }
}
