package io.guildhall.projections.store;

import io.guildhall.actors.OtherVersionException;
import io.guildhall.background.Outage;
import io.guildhall.projections.store.Envelope.Unreadable;
import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import io.guildhall.projections.store.ParkedEntity.Cause;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when a reader parks an entity, and handles the events of parked ones again. Used by one thread at a time. */
final class Parking {
    /** How many parked entities are tried again before other events have their turn. */
    private static final int MAX_SETTLED = 5;
    /** How many events of other entities are tried to find out whether only one fails. */
    private static final int MAX_TRIALS = 3;

    private static final int BATCH = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final FollowerReader.Node node;
    private final Follower follower;
    private final SliceRange range;
    private final EventHandler handler;
    private final BooleanSupplier isStopping;
    private final Tries tries;
    /** When this reader last tried parked entities whose events another version can handle. */
    private final Map<ParkedEntity.Key, Long> lastTried = new HashMap<>();

    /** @param isStopping whether the reader is to end as soon as it can */
    Parking(
            FollowerReader.Node node,
            Follower follower,
            SliceRange range,
            EventHandler handler,
            BooleanSupplier isStopping) {
        this.node = node;
        this.follower = follower;
        this.range = range;
        this.handler = handler;
        this.isStopping = isStopping;
        this.tries = new Tries(node.limits());
    }

    /**
     * Counts a failed try of an event, and parks its entity if the event was tried often enough.
     *
     * @param unhandled the event and those after it
     * @return whether it has parked the entity; if not, the event must be tried again
     */
    boolean park(EventFailedException failure, Checkpoint current, List<Envelope> unhandled) throws SQLException {
        var event = failure.event();
        var cause = cause(failure);
        tries.add(event);
        boolean isDue = switch (cause) {
            case UNREADABLE -> true;
            case FAILED -> tries.areEnough();
            case TIMED_OUT -> tries.areEnoughForOutage() && failsAlone(event, current, unhandled);
        };
        if (!isDue || isStopping.getAsBoolean()) return false;
        current.park(
                event,
                new ParkedEntity(
                        follower.name(),
                        event.kind(),
                        event.entityId(),
                        event.sequence(),
                        event.sequence(),
                        cause,
                        reason(failure),
                        tries.count(),
                        Instant.now(),
                        false));
        if (cause == Cause.UNREADABLE) {
            lastTried.put(ParkedEntity.Key.of(event), System.nanoTime());
            LOG.warn(
                    "Follower {} has parked {} {} at event {}, which needs another version; it tries again until it can: {}",
                    follower.name(),
                    event.kind(),
                    event.entityId(),
                    event.sequence(),
                    reason(failure));
        } else
            LOG.error(
                    "Follower {} parked {} {} at event {} after {} tries; retry or drop it with ./guildhall parked: {}",
                    follower.name(),
                    event.kind(),
                    event.entityId(),
                    event.sequence(),
                    tries.count(),
                    reason(failure));
        countParked(current);
        return true;
    }

    static Cause cause(EventFailedException failure) {
        if (failure.event().event() instanceof Unreadable || isOfAnotherVersion(failure)) return Cause.UNREADABLE;
        return Outage.isCauseOf(failure) ? Cause.TIMED_OUT : Cause.FAILED;
    }

    /** Whether an entity of another version has refused what the event causes. */
    private static boolean isOfAnotherVersion(Throwable failure) {
        for (var it = failure; it != null; it = it.getCause()) if (it instanceof OtherVersionException) return true;
        return false;
    }

    static String reason(EventFailedException failure) {
        var cause = failure.getCause();
        while (cause instanceof ExecutionException && cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause);
    }

    /**
     * Whether an event still fails after one of another entity could be handled. The next event of another entity can be
     * handled before its turn, since its earlier ones were.
     */
    private boolean failsAlone(Envelope event, Checkpoint current, List<Envelope> unhandled) {
        var others = new LinkedHashMap<ParkedEntity.Key, Envelope>();
        for (var it : unhandled) if (!current.isParked(it)) others.putIfAbsent(ParkedEntity.Key.of(it), it);
        others.remove(ParkedEntity.Key.of(event));
        return others.values().stream().limit(MAX_TRIALS).anyMatch(it -> canBeHandled(it, current))
                && !canBeHandled(event, current);
    }

    private boolean canBeHandled(Envelope event, Checkpoint current) {
        try {
            handler.handle(List.of(event), current.ofTrial());
            return true;
        } catch (Exception | Error e) {
            return false;
        }
    }

    /**
     * Tries some of the parked entities again: those for which an operator has requested it and, once a minute, those that
     * wait for another version.
     */
    void settle(Checkpoint current) throws SQLException {
        var due = current.parked().stream().filter(this::isDue).toList();
        for (var entity : due.subList(0, Math.min(due.size(), MAX_SETTLED))) {
            lastTried.put(entity.key(), System.nanoTime());
            settle(entity, current);
        }
        countParked(current);
    }

    /** Whether there are entities to be tried again now. */
    boolean isDue(Checkpoint current) {
        return current.parked().stream().anyMatch(this::isDue);
    }

    private boolean isDue(ParkedEntity entity) {
        return entity.retryRequested() || (entity.cause() == Cause.UNREADABLE && !isTriedLately(entity));
    }

    private boolean isTriedLately(ParkedEntity entity) {
        var last = lastTried.get(entity.key());
        return last != null && System.nanoTime() - last < node.limits().retry().toNanos();
    }

    private void settle(ParkedEntity parked, Checkpoint current) throws SQLException {
        var entity = parked;
        List<Envelope> events;
        do {
            events = node.journal().read(entity.key(), entity.first(), entity.last(), BATCH);
            for (var event : events) {
                if (isStopping.getAsBoolean() || !settle(event, entity, current)) return;
                entity = entity.afterFirst();
            }
        } while (!events.isEmpty());
        current.unpark(entity);
        LOG.info("Follower {} has handled the events of {} {}", follower.name(), entity.kind(), entity.entityId());
    }

    /** Handles the first event of a parked entity. Returns false if it has failed again. */
    private boolean settle(Envelope event, ParkedEntity entity, Checkpoint current) throws SQLException {
        try {
            handler.handle(List.of(event), current.ofParked(entity));
            return true;
        } catch (StalePositionException e) {
            throw e;
        } catch (Exception | Error e) {
            var failure = e instanceof EventFailedException it ? it : new EventFailedException(event, e);
            if (entity.retryRequested()) current.retryFailed(entity, cause(failure), reason(failure));
            return false;
        }
    }

    private void countParked(Checkpoint current) {
        node.metrics().parked(follower.name(), range, current.parked().size());
    }
}
