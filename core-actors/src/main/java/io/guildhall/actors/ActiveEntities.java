package io.guildhall.actors;

import java.util.LinkedHashMap;

/**
 * The entities of all kinds that this node has in memory, in the order of their last use. If there are more than the
 * limit, the least recently used one leaves the memory. Pekko's own limit is divided among the shards of a kind, so with many
 * shards an entity would leave although most of them are empty. Thread-safe.
 */
final class ActiveEntities {
    private final int limit;
    /** What has an entity leave, by persistence id. */
    private final LinkedHashMap<String, Runnable> byUse = new LinkedHashMap<>(16, 0.75f, true);

    ActiveEntities(int limit) {
        this.limit = limit;
    }

    /** @param passivate has the entity leave, when it has executed its commands */
    void started(String persistenceId, Runnable passivate) {
        Runnable leaves = () -> {};
        synchronized (byUse) {
            byUse.put(persistenceId, passivate);
            if (byUse.size() > limit) {
                var leastRecent = byUse.firstEntry();
                byUse.remove(leastRecent.getKey());
                leaves = leastRecent.getValue();
            }
        }
        leaves.run();
    }

    void used(String persistenceId) {
        synchronized (byUse) {
            byUse.get(persistenceId);
        }
    }

    void stopped(String persistenceId) {
        synchronized (byUse) {
            byUse.remove(persistenceId);
        }
    }

    int count() {
        synchronized (byUse) {
            return byUse.size();
        }
    }
}
