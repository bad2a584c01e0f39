package io.guildhall.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * The entities that start on this node for an id that was generated for their first command. The journal contains
 * nothing of them, so our journal plugin does not query it. If the id exists after all, the journal refuses the first
 * event, because its sequence number is taken, and the entity recovers.
 */
public final class NewEntities implements Extension {
    private static final Id ID = new Id();

    private final Set<String> persistenceIds = ConcurrentHashMap.newKeySet();

    private NewEntities() {}

    public static NewEntities of(ActorSystem system) {
        return ID.get(system);
    }

    public void add(String persistenceId) {
        persistenceIds.add(persistenceId);
    }

    /**
     * Removes an entity, so that its next recovery queries the journal.
     *
     * @return whether it is new
     */
    public boolean remove(String persistenceId) {
        return persistenceIds.remove(persistenceId);
    }

    private static final class Id extends AbstractExtensionId<NewEntities> {
        @Override
        public NewEntities createExtension(ExtendedActorSystem system) {
            return new NewEntities();
        }
    }
}
