package io.guildhall.ai.job.embed;

import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Keeps the index in step with the documents, on the nodes with the role {@value #ROLE}. */
public final class Embedding {
    public static final String ROLE = "ai";

    private Embedding() {}

    /** @param read told how many documents were read, each time some were */
    public static void run(ActorSystem<?> system, Embeddings embeddings, Embedder embedder, IntConsumer read) {
        if (!Cluster.get(system).selfMember().hasRole(ROLE)) return;
        var desk = SingletonActor.of(
                        restarting(EmbedDesk.create(embeddings, embedder.model().name())), "embed-desk")
                .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE));
        ClusterSingleton.get(system).init(desk);
        system.systemActorOf(restarting(EmbedWorker.create(embeddings, embedder, read)), "embed-worker", Props.empty());
    }

    private static <M> Behavior<M> restarting(Behavior<M> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
    }
}
