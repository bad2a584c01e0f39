package io.guildhall.operate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * A node is ready if it has started, can write to its database, and knows which accounts are suspended. Pekko checks
 * separately that it is a member of the cluster. Otherwise it responds with status 503.
 */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
    private final OperatorExtension extension;

    public Readiness(ActorSystem system) {
        this.extension = OperatorExtension.of(system);
    }

    @Override
    public CompletionStage<Boolean> get() {
        return CompletableFuture.completedFuture(
                extension.services().map(it -> it.isReady().getAsBoolean()).orElse(false));
    }
}
