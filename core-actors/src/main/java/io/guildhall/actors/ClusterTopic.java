package io.guildhall.actors;

import static org.apache.pekko.actor.ActorRef.noSender;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/**
 * Sends messages to the listeners on all nodes of the cluster, including this one. Each node receives a message at most
 * once: the message is lost if the connection between two nodes breaks, or if a node has not joined yet. The messages
 * of one node arrive in order.
 */
public final class ClusterTopic<M extends ClusterTopic.Message> {
    /** A message between nodes. A record that Jackson can write and read. */
    public interface Message {}

    private final ActorSystem<?> system;
    private final String name;
    private final ActorRef<Topic.Command<M>> topic;
    private final AtomicInteger listeners = new AtomicInteger();

    /** @param name unique in the cluster, and the same on all nodes; a node has one topic of each name */
    public ClusterTopic(ActorSystem<?> system, Class<M> type, String name) {
        this.system = system;
        this.name = name;
        this.topic = system.systemActorOf(Topic.create(type, name), "topic-" + name, Props.empty());
    }

    public void publish(M message) {
        topic.tell(Topic.publish(message));
    }

    /**
     * @param listener must not block; one message at a time
     * @return ends the subscription
     */
    public Runnable subscribe(Consumer<M> listener) {
        var behavior = Behaviors.<M>receiveMessage(message -> {
            listener.accept(message);
            return Behaviors.same();
        });
        var subscriber = system.systemActorOf(
                Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()),
                name + "-listener-" + listeners.incrementAndGet(),
                Props.empty());
        topic.tell(Topic.subscribe(subscriber));
        return () -> {
            topic.tell(Topic.unsubscribe(subscriber));
            Adapter.toClassic(subscriber).tell(PoisonPill.getInstance(), noSender());
        };
    }
}
