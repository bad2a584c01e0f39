package io.guildhall.operate;

import java.util.Optional;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** Passes the services of a serving node to the operator routes and the readiness check, which Pekko creates by name. */
public final class OperatorExtension implements Extension {
    private static final Id ID = new Id();

    private volatile @Nullable OperatorServices services;

    public static OperatorExtension of(ActorSystem<?> system) {
        return ID.get(system.classicSystem());
    }

    static OperatorExtension of(org.apache.pekko.actor.ActorSystem system) {
        return ID.get(system);
    }

    /** Makes the node ready. */
    public void publish(OperatorServices serving) {
        services = serving;
    }

    /** Empty while the node is starting. */
    Optional<OperatorServices> services() {
        return Optional.ofNullable(services);
    }

    private static final class Id extends AbstractExtensionId<OperatorExtension> {
        @Override
        public OperatorExtension createExtension(ExtendedActorSystem system) {
            return new OperatorExtension();
        }
    }
}
