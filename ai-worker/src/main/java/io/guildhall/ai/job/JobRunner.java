package io.guildhall.ai.job;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.LoopMonitor;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor.SignalTarget;
import org.apache.pekko.actor.typed.BehaviorSignalInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.TypedActorContext;
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
                .init(SingletonActor.of(behavior, name)
                        .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)));
    }

    /**
     * Runs loops once in the cluster. When they move to another node, the current run here can overlap with the first
     * run there.
     */
    public static void startSingleton(ActorSystem<?> system, Supplier<List<BackgroundLoop>> start, String name) {
        startSingleton(system, Behaviors.<Void>setup(_ -> running(start.get())), name);
    }

    private static Behavior<Void> running(List<BackgroundLoop> loops) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, _ -> {
                    loops.forEach(BackgroundLoop::stop);
                    return Behaviors.same();
                })
                .build();
    }

    /** Restarts an actor with exponential backoff after a failure. */
    public static <M> Behavior<M> restartOnFailure(Behavior<M> behavior, LoopMonitor monitor) {
        return Behaviors.supervise(Behaviors.intercept(() -> new RestartCounter<M>(monitor), behavior))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    }

    private static final class RestartCounter<M> extends BehaviorSignalInterceptor<M> {
        private final LoopMonitor monitor;

        RestartCounter(LoopMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public Behavior<M> aroundSignal(TypedActorContext<M> context, Signal signal, SignalTarget<M> target) {
            if (signal instanceof PreRestart) monitor.restarted();
            return target.apply(context, signal);
        }
    }
}
