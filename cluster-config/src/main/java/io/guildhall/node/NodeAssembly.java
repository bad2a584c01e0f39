package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.server.HttpServer;
import io.guildhall.node.Database.Part;
import io.guildhall.operate.AuditMetrics;
import io.guildhall.operate.FollowerLagMetrics;
import io.guildhall.operate.IndexMetrics;
import io.guildhall.operate.ManagementServers;
import io.guildhall.operate.OperatorExtension;
import io.guildhall.operate.OperatorServices;
import io.guildhall.operate.OperatorTaskMetrics;
import io.guildhall.operate.OperatorToken;
import io.guildhall.operate.Seeding;
import io.guildhall.projections.notify.mail.MailBounces;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/** Creates and connects all parts of a node, joins it to the cluster, and closes the parts when it shuts down. */
final class NodeAssembly {
    private static final String NAME = "guildhall";
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_COMPLETION_TIMEOUT = Duration.ofSeconds(3);

    /** actors.conf names it: the process continues, so that the caller can report the failure. */
    private static final class StartFailed implements CoordinatedShutdown.Reason {}

    private static final class LeaseLost implements CoordinatedShutdown.Reason {}

    private final NodeContext context;

    private NodeAssembly(Settings settings, Config config, Monitoring monitoring) {
        this.context = new NodeContext(
                ActorSystem.create(Behaviors.empty(), NAME, config),
                settings,
                InstantSource.system(),
                monitoring,
                new OpenParts());
        closePartsOnShutdown();
    }

    /**
     * Starts a node and waits until it serves. The actor system starts while the database is still starting or
     * migrating. If a part cannot be opened, everything that is open is closed and the actor system terminated.
     *
     * @throws StartupException naming the remedy
     */
    static NodeAssembly open(
            Settings settings, Config config, Monitoring monitoring, CompletableFuture<Database> database) {
        var node = new NodeAssembly(settings, config, monitoring);
        node.context.openParts().add(() -> {
            var _ = database.thenAccept(Database::close);
        });
        try {
            node.joinCluster();
            var opened = await(database);
            node.open(opened, node.acquireLease(opened));
            return node;
        } catch (RuntimeException e) {
            node.shutDown(new StartFailed());
            throw e;
        }
    }

    private static Database await(CompletableFuture<Database> database) {
        try {
            return database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartupException cause ? cause : e;
        }
    }

    private void joinCluster() {
        ClusterLog.start(context.system());
        var cluster = Cluster.get(context.system());
        var seeds = context.settings().seeds();
        if (seeds.isEmpty())
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        else
            cluster.manager()
                    .tell(new JoinSeedNodes(
                            seeds.stream().map(NodeAssembly::address).toList()));
    }

    /** Waits until this node is a member, and then for the right to use the database, which it migrates if necessary. */
    private ClusterLease acquireLease(Database database) {
        var cluster = org.apache.pekko.cluster.Cluster.get(context.system().classicSystem());
        awaitMember(cluster);
        try {
            var lease = context.openParts()
                    .add(ClusterLease.acquire(
                            database.pool(Part.JOURNAL),
                            context.settings().leaseDuration(),
                            ClusterLease.name(cluster.selfMember()),
                            new MemberNames(cluster),
                            context.loops(),
                            this::stopWithoutLease));
            database.requireCapacity(lease.nodes());
            database.migrate();
            return lease;
        } catch (SQLException e) {
            throw Database.unreachable(e);
        }
    }

    private void stopWithoutLease() {
        var _ = CoordinatedShutdown.get(context.system()).runAll(new LeaseLost());
    }

    private void awaitMember(org.apache.pekko.cluster.Cluster cluster) {
        var isMember = new CompletableFuture<Boolean>();
        cluster.registerOnMemberUp(() -> isMember.complete(true));
        try {
            isMember.orTimeout(JOIN_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new StartupException(
                    "The node did not become a member of its cluster within " + JOIN_TIMEOUT.toSeconds()
                            + " s. Check that a node of GUILDHALL_SEEDS ("
                            + String.join(", ", context.settings().seeds())
                            + ") is running, and that it can reach this one at GUILDHALL_CLUSTER_HOST and GUILDHALL_CLUSTER_PORT.",
                    e);
        }
    }

    private static Address address(String seed) {
        return AddressFromURIString.parse("pekko://" + NAME + "@" + seed);
    }

    /** The HTTP port is bound before the followers start, so that the API serves reads in the meantime. */
    private void open(Database database, ClusterLease lease) {
        var parts = Parts.open(context, database);
        var http = HttpEdge.open(context, parts);
        unbindOnShutdown(http.binding());
        var background = BackgroundWork.open(context, parts, http.requests());
        stopBeforeEntitiesMove(background);
        openManagement(parts, lease, http, background);
    }

    private void openManagement(Parts parts, ClusterLease lease, HttpEdge http, BackgroundWork background) {
        var settings = context.settings();
        var followers = background.followers().control();
        OperatorExtension.of(context.system())
                .publish(new OperatorServices(
                        new NodeReadiness(lease::isRenewed, parts.writeSide()::isWriting, parts.suspended()),
                        parts.writeSide().entities(),
                        followers,
                        new FollowerLagMetrics(followers, context.metrics(), context.clock()),
                        background.rebuilds(),
                        context.metrics(),
                        http.keys(),
                        new OperatorServices.Index(
                                parts.readSide().embeddings(),
                                parts.models().embedder().model().name(),
                                new IndexMetrics(context.metrics(), context.clock())),
                        parts.readSide().readModel().operatorTasks(),
                        new OperatorTaskMetrics(context.metrics()),
                        new OperatorServices.Audit(
                                background.auditor(),
                                parts.readSide().readModel().audits(),
                                parts.readSide().readModel().discrepancies(),
                                new AuditMetrics(context.metrics(), context.clock())),
                        new MailBounces(parts.external().mail().bounces(), background.mails()),
                        settings.isDevelopment()
                                ? Optional.of(new Seeding(parts.writeSide().entities(), http.passwords()))
                                : Optional.empty()));
        startManagementServers(settings.management(), settings.operatorToken());
    }

    private void startManagementServers(Settings.Management settings, OperatorToken token) {
        var servers = new ManagementServers(context.system(), token, settings.hostNames(), context.metrics());
        context.awaitStart(servers.startManagement(settings.host(), settings.port()), "management", settings.port());
        settings.probes()
                .ifPresent(it -> context.awaitStart(servers.startProbes(it.host(), it.port()), "probes", it.port()));
    }

    /** Open requests complete before the shards are handed over to other nodes. */
    private void unbindOnShutdown(HttpServer.Binding http) {
        var shutdown = CoordinatedShutdown.get(context.system());
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "http-unbind", http::unbind);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "http-complete-requests",
                () -> http.terminate(REQUEST_COMPLETION_TIMEOUT));
    }

    private void stopBeforeEntitiesMove(BackgroundWork background) {
        CoordinatedShutdown.get(context.system())
                .addTask(
                        CoordinatedShutdown.PhaseServiceStop(),
                        "stop-calling-entities",
                        () -> CompletableFuture.runAsync(background::stopCallingEntities, Thread::startVirtualThread)
                                .thenApply(_ -> Done.done()));
    }

    /** The parts close after the shards are handed over, because entities need them. */
    private void closePartsOnShutdown() {
        var shutdown = CoordinatedShutdown.get(context.system());
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "quiet-loops", () -> {
            context.loops().shuttingDown();
            return CompletableFuture.completedFuture(Done.done());
        });
        // On its own thread, so that the timeout of the phase ends the wait for a part that hangs.
        shutdown.addTask(
                CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                "close-parts",
                () -> CompletableFuture.runAsync(context.openParts()::closeAll, Thread::startVirtualThread)
                        .thenApply(_ -> Done.done()));
    }

    /**
     * Leaves the cluster, shuts down, and returns when that is done. If the node has already shut down, for example
     * because it was in a minority, its shutdown waits for this program to exit; waiting for it here would deadlock.
     */
    void close() {
        if (context.system().whenTerminated().isCompleted()) return;
        shutDown(CoordinatedShutdown.jvmExitReason());
    }

    private void shutDown(CoordinatedShutdown.Reason reason) {
        CoordinatedShutdown.get(context.system())
                .runAll(reason)
                .toCompletableFuture()
                .join();
    }
}
