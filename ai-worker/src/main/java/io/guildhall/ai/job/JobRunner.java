package io.guildhall.ai.job;

import io.guildhall.background.BackgroundLoop;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Starts jobs on nodes with the role {@value #ROLE}. */
public final class JobRunner {
    public static final String ROLE = "ai";

    private JobRunner() {}

    /** Whether this node has the role. */
    public static boolean isAiNode(ActorSystem<?> system) {
        return Cluster.get(system).selfMember().hasRole(ROLE);
    }

    /**
     * Runs loops once in the cluster. When they move to another node, the current run here can overlap with the first
     * run there.
     */
    public static void startSingleton(ActorSystem<?> system, Supplier<List<BackgroundLoop>> start, String name) {
        ClusterSingleton.get(system)
                .init(SingletonActor.of(Behaviors.<Void>setup(_ -> running(start.get())), name)
                        .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)));
    }

    private static Behavior<Void> running(List<BackgroundLoop> loops) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, _ -> {
                    loops.forEach(BackgroundLoop::stop);
                    return Behaviors.same();
                })
                .build();
    }
}
