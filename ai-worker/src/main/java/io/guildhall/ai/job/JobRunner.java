package io.guildhall.ai.job;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Starts jobs on nodes with the role {@value #ROLE} and restarts them after a failure. */
public final class JobRunner {
    public static final String ROLE = "ai";

    private JobRunner() {}

    /** Whether this node has the role. */
    public static boolean isAiNode(ActorSystem<?> system) {
        return Cluster.get(system).selfMember().hasRole(ROLE);
    }

    /** Starts an actor that runs once in the cluster. */
    public static <M> void startSingleton(ActorSystem<?> system, Behavior<M> behavior, String name) {
        ClusterSingleton.get(system)
                .init(SingletonActor.of(restartOnFailure(behavior), name)
                        .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)));
    }

    /** Restarts an actor with exponential backoff after a failure. */
    public static <M> Behavior<M> restartOnFailure(Behavior<M> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
    }
}
