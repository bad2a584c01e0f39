package io.guildhall.operate;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * A node is ready if it has started and its database responds. Pekko checks separately that it is a member of the
 * cluster.
 */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
    private static final int TIMEOUT_SECONDS = 2;

    private final OperatorExtension extension;

    public Readiness(ActorSystem system) {
        this.extension = OperatorExtension.of(system);
    }

    @Override
    public CompletionStage<Boolean> get() {
        return extension
                .services()
                .map(services ->
                        CompletableFuture.supplyAsync(() -> canReachDatabase(services), Thread::startVirtualThread))
                .orElse(CompletableFuture.completedFuture(false));
    }

    private static boolean canReachDatabase(OperatorServices services) {
        try (var connection = services.database().getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
