package io.guildhall.actors;

import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Notifies all nodes of what was just committed, so that they can read it immediately instead of at their next poll. A signal
 * can be lost, so listeners also poll.
 */
public final class ChangeSignal implements Extension {
    private static final Id ID = new Id();

    /** @param keys persistence ids of entities with new events, and keys of other things that were changed */
    public record Changed(List<String> keys) implements ClusterTopic.Message {
        public Changed {
            keys = List.copyOf(keys);
        }
    }

    private final ClusterTopic<Changed> topic;

    private ChangeSignal(ExtendedActorSystem system) {
        this.topic = new ClusterTopic<>(Adapter.toTyped(system), Changed.class, "changes");
    }

    public static ChangeSignal of(ActorSystem system) {
        return ID.get(system);
    }

    /** @param keys of what was committed */
    public void publish(List<String> keys) {
        topic.publish(new Changed(keys));
    }

    /**
     * @param listener must not block
     * @return ends the subscription
     */
    public Runnable subscribe(Consumer<List<String>> listener) {
        return topic.subscribe(it -> listener.accept(it.keys()));
    }

    private static final class Id extends AbstractExtensionId<ChangeSignal> {
        @Override
        public ChangeSignal createExtension(ExtendedActorSystem system) {
            return new ChangeSignal(system);
        }
    }
}
