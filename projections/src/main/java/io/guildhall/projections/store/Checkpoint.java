package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.store.EventHandler.Progress;
import io.guildhall.projections.store.ParkedEntity.Cause;
import io.guildhall.projections.store.ReadDatabase.Work;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * The position of a reader in each kind of event, and the entities that it has parked. Used by one thread at a time.
 * Every method that changes something fails with a {@link FollowerPositions.StalePositionException} and changes nothing
 * if another reader has moved the positions or settled the entity.
 */
final class Checkpoint implements Progress {
    private final DataSource database;
    private final Semaphore permits;
    private final String follower;
    private final SliceRange range;
    private final Map<String, Position> positions;
    private final Map<ParkedEntity.Key, ParkedEntity> parked;

    private Checkpoint(
            DataSource database,
            Semaphore permits,
            String follower,
            SliceRange range,
            Map<String, Position> positions,
            Map<ParkedEntity.Key, ParkedEntity> parked) {
        this.database = database;
        this.permits = permits;
        this.follower = follower;
        this.range = range;
        this.positions = positions;
        this.parked = parked;
    }

    static Checkpoint load(DataSource database, Semaphore permits, Follower follower, SliceRange range)
            throws SQLException {
        permits.acquireUninterruptibly();
        try (var connection = database.getConnection()) {
            var positions = new HashMap<>(FollowerPositions.load(connection, follower, range));
            var parked = ParkedEntities.load(connection, follower.name(), range);
            return new Checkpoint(database, permits, follower.name(), range, positions, parked);
        } finally {
            permits.release();
        }
    }

    /** The stored position of each kind. */
    Map<String, Position> positions() {
        return Map.copyOf(positions);
    }

    List<ParkedEntity> parked() {
        return List.copyOf(parked.values());
    }

    boolean isParked(Envelope event) {
        return parked.containsKey(ParkedEntity.Key.of(event));
    }

    /**
     * Moves the positions after these events and does the work, in one transaction. The positions come first: while one
     * reader works, another with the same positions waits, and then fails without having changed anything.
     */
    @Override
    public void moveAfter(List<Envelope> events, Work work) throws SQLException {
        var after = new HashMap<String, Position>();
        for (var it : events) after.put(it.kind(), it.position());
        move(after, work);
        positions.putAll(after);
    }

    /** Does the work in a transaction in which the positions are still the same. */
    private void stay(String kind, Work work) throws SQLException {
        move(Map.of(kind, requireNonNull(positions.get(kind))), work);
    }

    private void move(Map<String, Position> after, Work work) throws SQLException {
        inTransaction(connection -> {
            FollowerPositions.save(connection, follower, range, positions, after);
            work.on(connection);
        });
    }

    private void inTransaction(Work work) throws SQLException {
        permits.acquireUninterruptibly();
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, work);
        } finally {
            permits.release();
        }
    }

    /** Moves the position after an event of a parked entity. */
    void skip(Envelope event) throws SQLException {
        moveAfter(List.of(event), connection -> ParkedEntities.skip(connection, follower, range, event));
        parked.computeIfPresent(ParkedEntity.Key.of(event), (_, it) -> it.upTo(event.sequence()));
    }

    /** Parks the entity of an event and moves the position after the event. */
    void park(Envelope event, ParkedEntity entity) throws SQLException {
        moveAfter(List.of(event), connection -> ParkedEntities.park(connection, entity));
        parked.put(entity.key(), entity);
    }

    /** For the first event of a parked entity. The positions stay. */
    Progress ofParked(ParkedEntity entity) {
        return (_, work) -> {
            stay(entity.kind(), connection -> {
                ParkedEntities.handledFirst(connection, range, entity);
                work.on(connection);
            });
            parked.put(entity.key(), entity.afterFirst());
        };
    }

    /** Ends the parking of an entity of which all events were handled. */
    void unpark(ParkedEntity entity) throws SQLException {
        stay(entity.kind(), connection -> ParkedEntities.unpark(connection, range, entity));
        parked.remove(entity.key());
    }

    /** The entity stays parked. */
    void retryFailed(ParkedEntity entity, Cause cause, String reason) throws SQLException {
        stay(entity.kind(), connection -> ParkedEntities.failed(connection, range, entity, cause, reason));
        parked.put(entity.key(), entity.withoutRequest());
    }

    /** For a trial: the work is done and undone, and nothing is recorded. */
    Progress ofTrial() {
        return (_, work) -> {
            try {
                inTransaction(connection -> {
                    work.on(connection);
                    throw new TrialEndedException();
                });
            } catch (TrialEndedException e) {
                // The work succeeded and was rolled back.
            }
        };
    }

    private static final class TrialEndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
