package io.guildhall.projections.store;

import io.guildhall.background.Outage;
import io.guildhall.background.RetryDelays;
import io.guildhall.projections.store.ParkedEntity.Cause;
import io.guildhall.projections.store.RebuildTable.ClaimLostException;
import io.guildhall.projections.store.RebuildTable.RebuildStoppedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the events of a view in one range of slices into its shadow tables. As a follower does, it applies events one by
 * one if they fail together, tries an event that fails several times, and then parks its entity. Used by one thread at a
 * time.
 */
final class ShadowReader {
    private static final int BATCH = 500;
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final RebuildRun run;
    private final SliceRange range;
    private final Map<String, Position> positions = new HashMap<>();
    private final Map<ParkedEntity.Key, ParkedEntity> parked = new HashMap<>();
    private final Tries tries;
    private final RetryDelays pauses = new RetryDelays(MIN_PAUSE, MAX_PAUSE);

    ShadowReader(RebuildRun run, SliceRange range) {
        this.run = run;
        this.range = range;
        this.tries = new Tries(run.limits());
        run.kinds().forEach(kind -> positions.put(kind, Position.START));
    }

    List<ParkedEntity> parked() {
        return List.copyOf(parked.values());
    }

    /** Reads all events before a horizon. */
    void readTo(long horizon) throws Exception {
        while (true) {
            run.throwIfStopping();
            try {
                var batch = run.journal().read(positions, range, horizon, BATCH);
                apply(batch);
                pauses.reset();
                if (batch.size() < BATCH) break;
            } catch (EventFailedException e) {
                if (!park(e)) run.pause(pauses.next());
            } catch (SQLException e) {
                if (!Outage.isCauseOf(e)) throw e;
                run.pause(pauses.next());
            }
        }
        passTo(horizon);
    }

    /**
     * Reads all events before a horizon in the transaction of the caller, which must be rolled back if it fails.
     *
     * @return the number of events; or empty, having read none, if there are more than {@code limit}
     */
    OptionalInt readLast(Connection connection, long horizon, int limit) throws Exception {
        var batch = run.journal().read(positions, range, horizon, limit + 1);
        if (batch.size() > limit) return OptionalInt.empty();
        for (var it : batch)
            parked.computeIfPresent(ParkedEntity.Key.of(it), (_, entity) -> entity.upTo(it.sequence()));
        var others = batch.stream().filter(it -> !isParked(it)).toList();
        if (!others.isEmpty()) run.handler().handle(others, (_, work) -> work.on(connection));
        return OptionalInt.of(batch.size());
    }

    /** All events before the horizon were read, of whatever kind. */
    private void passTo(long horizon) {
        var next = new Position(horizon, 0);
        positions.replaceAll((_, position) -> position.compareTo(next) < 0 ? next : position);
    }

    private boolean isParked(Envelope event) {
        return parked.containsKey(ParkedEntity.Key.of(event));
    }

    private void apply(List<Envelope> batch) throws SQLException {
        var next = new ArrayList<Envelope>();
        for (var event : batch) {
            if (!isParked(event)) next.add(event);
            else {
                applyTogether(List.copyOf(next));
                next.clear();
                skip(event);
            }
        }
        applyTogether(next);
    }

    private void applyTogether(List<Envelope> events) throws SQLException {
        if (events.isEmpty()) return;
        try {
            run.handler().handle(events, (_, work) -> run.inShadow(events.size(), work));
        } catch (ClaimLostException | RebuildStoppedException e) {
            throw e;
        } catch (Exception | Error e) {
            if (events.size() == 1) throw new EventFailedException(events.getFirst(), e);
            for (var event : events) applyTogether(List.of(event));
            return;
        }
        moveAfter(events);
    }

    private void moveAfter(List<Envelope> events) {
        for (var event : events) positions.put(event.kind(), event.position());
    }

    private void skip(Envelope event) throws SQLException {
        run.inShadow(1, _ -> {});
        parked.computeIfPresent(ParkedEntity.Key.of(event), (_, it) -> it.upTo(event.sequence()));
        moveAfter(List.of(event));
    }

    /**
     * Parks the entity of an event that was tried often enough. An event that an operator has left out before is left
     * out again.
     *
     * @return whether the reader continues; if not, the event must be tried again
     */
    private boolean park(EventFailedException failure) throws SQLException {
        var event = failure.event();
        var cause = Parking.cause(failure);
        tries.add(event);
        if (cause == Cause.TIMED_OUT || (cause == Cause.FAILED && !tries.areEnough())) return false;
        if (!run.wasDropped(event)) {
            run.requireMayPark(parked.size() + 1);
            parked.put(
                    ParkedEntity.Key.of(event),
                    new ParkedEntity(
                            run.view().name(),
                            event.kind(),
                            event.entityId(),
                            event.sequence(),
                            event.sequence(),
                            cause,
                            Parking.reason(failure),
                            tries.count(),
                            Instant.now(),
                            false));
        }
        run.inShadow(1, _ -> {});
        moveAfter(List.of(event));
        return true;
    }
}
