package io.guildhall.operate;

import io.guildhall.actors.Entities;
import io.guildhall.http.auth.KeyRing;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.store.FollowerControl;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorSystem;

/** What operators reach by the management port: Pekko makes the routes and checks there, and finds the node's parts here. */
public final class Operations implements Extension {
    private static final Id ID = new Id();

    /**
     * The parts of a node that serves.
     *
     * @param seeding where the house is one to try things in
     */
    public record Parts(
            DataSource database,
            Entities entities,
            FollowerControl followers,
            PrometheusMeterRegistry metrics,
            KeyRing keys,
            Index index,
            Optional<Seeding> seeding) {}

    /**
     * @param model that reads what waits
     * @param waiting how many documents, as a metric shows it
     */
    public record Index(Embeddings embeddings, String model, AtomicLong waiting) {}

    private volatile Parts parts;

    public static Operations of(ActorSystem<?> system) {
        return ID.get(system.classicSystem());
    }

    static Operations of(org.apache.pekko.actor.ActorSystem system) {
        return ID.get(system);
    }

    public void open(Parts opened) {
        parts = opened;
    }

    /** Nothing while the node is starting. */
    Optional<Parts> parts() {
        return Optional.ofNullable(parts);
    }

    private static final class Id extends AbstractExtensionId<Operations> {
        @Override
        public Operations createExtension(ExtendedActorSystem system) {
            return new Operations();
        }
    }
}
