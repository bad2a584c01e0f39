package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import io.guildhall.operate.OperatorExtension;
import io.guildhall.operate.OperatorTaskMetrics;
import io.guildhall.operate.Seeding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.management.javadsl.PekkoManagement;

/** Creates and connects all parts of a node, joins it to the cluster, and closes the parts when it shuts down. */
final class NodeAssembly {
    private static final String NAME = "guildhall";
    private static final Duration REQUEST_COMPLETION_TIMEOUT = Duration.ofSeconds(3);

    private final NodeContext context;

    private NodeAssembly(Settings settings, Config config, Monitoring monitoring) {
        this.context = new NodeContext(
                ActorSystem.create(Behaviors.empty(), NAME, config), settings, InstantSource.system(), monitoring);
    }

    /**
     * Starts a node and waits until it serves. The actor system starts while the database is still starting or
     * migrating.
     *
     * @throws StartupException naming the remedy
     */
    static NodeAssembly open(
            Settings settings, Config config, Monitoring monitoring, CompletableFuture<Database> database) {
        var node = new NodeAssembly(settings, config, monitoring);
        node.joinCluster();
        node.openParts(await(database));
        return node;
    }

    private static Database await(CompletableFuture<Database> database) {
        try {
            return database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartupException cause ? cause : e;
        }
    }

    private void joinCluster() {
        var cluster = Cluster.get(context.system());
        var seeds = context.settings().seeds();
        if (seeds.isEmpty())
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        else
            cluster.manager()
                    .tell(new JoinSeedNodes(
                            seeds.stream().map(NodeAssembly::address).toList()));
    }

    private static Address address(String seed) {
        return AddressFromURIString.parse("pekko://" + NAME + "@" + seed);
    }

    /** The HTTP port is bound before the followers start, so that the API serves reads in the meantime. */
    private void openParts(Database database) {
        var writeSide = WriteSide.open(context, database);
        var readSide = ReadSide.open(database);
        var external = ExternalServices.open(context, database);
        var models = LanguageModels.open(context.settings().ai(), readSide.embeddings());
        var http = HttpEdge.open(context, database, writeSide, readSide, external, models);
        var background = BackgroundWork.open(context, database, writeSide, readSide, external, models);
        openManagement(database, writeSide, readSide, models, http, background);
        onShutdown(http.binding(), background, List.of(background, models, http, external, database));
    }

    private void openManagement(
            Database database,
            WriteSide writeSide,
            ReadSide readSide,
            LanguageModels models,
            HttpEdge http,
            BackgroundWork background) {
        var settings = context.settings();
        var pending = context.metrics().gauge("guildhall_embeddings_pending", new AtomicLong());
        OperatorExtension.of(context.system())
                .publish(new OperatorExtension.Parts(
                        database.pool(),
                        writeSide.entities(),
                        background.followers().control(),
                        context.metrics(),
                        http.keys(),
                        new OperatorExtension.Index(
                                readSide.embeddings(), models.embedder().model().name(), pending),
                        readSide.tasks(),
                        new OperatorTaskMetrics(context.metrics()),
                        settings.isDevelopment()
                                ? Optional.of(new Seeding(writeSide.entities(), http.passwords()))
                                : Optional.empty()));
        context.awaitStart(
                PekkoManagement.get(context.system().classicSystem()).start(), "management", settings.managementPort());
    }

    /** Stops serving, hands the shards over to other nodes, and then closes the parts that entities need. */
    private void onShutdown(ServerBinding http, BackgroundWork background, List<AutoCloseable> parts) {
        var shutdown = CoordinatedShutdown.get(context.system());
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "quiet-loops", () -> {
            context.loops().shuttingDown();
            return CompletableFuture.completedFuture(Done.done());
        });
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "http-unbind", http::unbind);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "http-complete-requests",
                () -> http.terminate(REQUEST_COMPLETION_TIMEOUT).thenApply(_ -> Done.done()));
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceStop(),
                "stop-calling-entities",
                () -> inBackground(background::stopCallingEntities));
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-parts", () -> {
            Closing.closeAll(parts);
            return CompletableFuture.completedFuture(Done.done());
        });
    }

    private static CompletionStage<Done> inBackground(Runnable blocking) {
        return CompletableFuture.runAsync(blocking, Thread::startVirtualThread).thenApply(_ -> Done.done());
    }

    /** Leaves the cluster, shuts down, and returns when that is done. */
    void close() {
        CoordinatedShutdown.get(context.system())
                .runAll(CoordinatedShutdown.jvmExitReason())
                .toCompletableFuture()
                .join();
    }
}
