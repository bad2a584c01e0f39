package io.guildhall.actors;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Limits the entities of all kinds that this node has in memory. Entities that were used only once share a 200th of the
 * limit, all others the rest; in each part the least recently used entity leaves first. So many new jobs do not displace the
 * rooms that are in use. Pekko's own limit is divided among the shards of a kind, so with many shards an entity would leave
 * although most of them are empty. Thread-safe.
 */
final class ActiveEntities {
    private static final int ONCE_SHARE = 200;

    private static final class Entity {
        private final Runnable passivate;
        private boolean isUsed;

        Entity(Runnable passivate) {
            this.passivate = passivate;
        }
    }

    private final int maxUsedOnce;
    private final int maxUsedAgain;
    /** By persistence id. */
    private final LinkedHashMap<String, Entity> usedOnce = new LinkedHashMap<>();

    private final LinkedHashMap<String, Entity> usedAgain = new LinkedHashMap<>();

    /** @param limit at least 2 */
    ActiveEntities(int limit) {
        this.maxUsedOnce = Math.max(1, limit / ONCE_SHARE);
        this.maxUsedAgain = Math.max(1, limit - maxUsedOnce);
    }

    /**
     * Adds an entity, before its first message is counted by {@link #used}.
     *
     * @param passivate has the entity leave, when it has executed its commands
     */
    void started(String persistenceId, Runnable passivate) {
        Optional<Entity> leaving;
        synchronized (this) {
            usedAgain.remove(persistenceId);
            usedOnce.putLast(persistenceId, new Entity(passivate));
            leaving = removeFirst(usedOnce, maxUsedOnce);
        }
        leaving.ifPresent(it -> it.passivate.run());
    }

    void used(String persistenceId) {
        leaving(persistenceId).ifPresent(it -> it.passivate.run());
    }

    private synchronized Optional<Entity> leaving(String persistenceId) {
        var once = usedOnce.get(persistenceId);
        if (once != null && !once.isUsed) {
            once.isUsed = true;
            return Optional.empty();
        }
        var again = once == null ? usedAgain.get(persistenceId) : usedOnce.remove(persistenceId);
        if (again == null) return Optional.empty();
        usedAgain.putLast(persistenceId, again);
        return removeFirst(usedAgain, maxUsedAgain);
    }

    private static Optional<Entity> removeFirst(SequencedMap<String, Entity> entities, int limit) {
        return entities.size() > limit ? Optional.of(entities.pollFirstEntry().getValue()) : Optional.empty();
    }

    synchronized void stopped(String persistenceId) {
        usedOnce.remove(persistenceId);
        usedAgain.remove(persistenceId);
    }

    synchronized int count() {
        return usedOnce.size() + usedAgain.size();
    }
}
