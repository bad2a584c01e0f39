package io.guildhall.operate;

import io.guildhall.actors.Entities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.readmodel.operatortask.OperatorTasks;
import io.guildhall.projections.store.FollowerControl;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** Passes the parts of a serving node to the operator routes and the readiness check, which Pekko creates by name. */
public final class OperatorExtension implements Extension {
    private static final Id ID = new Id();

    /** @param seeding in development only */
    public record Parts(
            DataSource database,
            Entities entities,
            FollowerControl followers,
            PrometheusMeterRegistry metrics,
            KeyRing keys,
            Index index,
            OperatorTasks tasks,
            OperatorTaskMetrics taskMetrics,
            Optional<Seeding> seeding) {}

    /**
     * @param model the name of the model that computes pending vectors
     * @param pending a metric: the number of documents without a current vector
     */
    public record Index(Embeddings embeddings, String model, AtomicLong pending) {}

    private volatile @Nullable Parts parts;

    public static OperatorExtension of(ActorSystem<?> system) {
        return ID.get(system.classicSystem());
    }

    static OperatorExtension of(org.apache.pekko.actor.ActorSystem system) {
        return ID.get(system);
    }

    /** Makes the node ready. */
    public void publish(Parts serving) {
        parts = serving;
    }

    /** Empty while the node is starting. */
    Optional<Parts> parts() {
        return Optional.ofNullable(parts);
    }

    private static final class Id extends AbstractExtensionId<OperatorExtension> {
        @Override
        public OperatorExtension createExtension(ExtendedActorSystem system) {
            return new OperatorExtension();
        }
    }
}
