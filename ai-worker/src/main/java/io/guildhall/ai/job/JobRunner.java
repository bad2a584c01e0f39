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

/** Where and how jobs run: on the nodes with the role {@value #ROLE}, and again after a failure. */
public final class JobRunner {
    public static final String ROLE = "ai";

    private JobRunner() {}

    public static boolean isHere(ActorSystem<?> system) {
        return Cluster.get(system).selfMember().hasRole(ROLE);
    }

    /** One in the cluster. */
    public static <M> void alone(ActorSystem<?> system, Behavior<M> behavior, String name) {
        ClusterSingleton.get(system)
                .init(SingletonActor.of(restarting(behavior), name)
                        .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)));
    }

    public static <M> Behavior<M> restarting(Behavior<M> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
    }
}
