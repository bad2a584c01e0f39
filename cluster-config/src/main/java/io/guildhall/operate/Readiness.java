package io.guildhall.operate;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/** Ready is a node that serves and reaches its database; that it is a member of the cluster is checked beside this. */
public final class Readiness implements Supplier<CompletionStage<Boolean>> {
    private static final int PATIENCE_SECONDS = 2;

    private final Operations operations;

    public Readiness(ActorSystem system) {
        this.operations = Operations.of(system);
    }

    @Override
    public CompletionStage<Boolean> get() {
        return operations
                .parts()
                .map(parts -> CompletableFuture.supplyAsync(() -> reaches(parts), Thread::startVirtualThread))
                .orElse(CompletableFuture.completedFuture(false));
    }

    private static boolean reaches(Operations.Parts parts) {
        try (var connection = parts.database().getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
