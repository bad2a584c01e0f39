package io.guildhall.projections.store;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.Process;
import io.guildhall.projections.Relay;
import io.guildhall.projections.Start;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardedDaemonProcessSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.projection.ProjectionBehavior;

/**
 * Runs views, processes and relays over the journal. Each follower has several readers, each for a range of slices: projections of
 * Pekko, which run on the nodes with the role {@value #ROLE} and move when nodes join or leave. A reader that fails restarts
 * at its last position with backoff; others are not affected. An entity whose event was tried often enough is parked: see
 * {@link ParkedEntity}. While a reader moves, or after a partition, two nodes can have the same reader for a moment: only
 * one of them changes anything (see {@link Checkpoint}).
 */
public final class Followers implements AutoCloseable {
    public static final String ROLE = "projection";
    /** How many readers of a node can use the database at the same time, each with a connection. */
    private static final int CONCURRENCY = 12;

    /** The maximum number of connections at the same time: also for the signal, and for operators. */
    public static final int CONNECTIONS = CONCURRENCY + 4;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final List<SliceRange> ranges;
    private final FollowerReader.Node node;
    private final List<Follower> followers = new ArrayList<>();
    private final ChangeSignal changes;
    private final Runnable endSignal;

    /**
     * @param readers of each follower, in the whole cluster. All nodes must have the same number; if it changes, the last
     *     node that was started decides, and the readers of other nodes wait until they are restarted.
     */
    public Followers(
            ActorSystem<?> system, DataSource database, FollowerMetrics metrics, BackgroundLoops loops, int readers) {
        this(system, database, metrics, loops, readers, Tries.Limits.STANDARD);
    }

    /** @param limits when an entity is parked */
    Followers(
            ActorSystem<?> system,
            DataSource database,
            FollowerMetrics metrics,
            BackgroundLoops loops,
            int readers,
            Tries.Limits limits) {
        this.system = system;
        this.ranges = SliceRange.split(readers);
        var journal = new JournalReader(database, system);
        this.node = new FollowerReader.Node(
                database,
                new Semaphore(CONCURRENCY, true),
                journal,
                new JournalSignal(journal, loops),
                metrics,
                loops,
                limits,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("follower-", 0).factory()));
        this.changes = ChangeSignal.of(system.classicSystem());
        this.endSignal = changes.subscribe(this::wake);
    }

    private void wake(List<String> changed) {
        if (!changed.stream().allMatch(it -> LiveSignal.parse(it).isPresent()))
            node.signal().wake();
    }

    public void run(View view) {
        var kinds = view.follows().stream().map(it -> it.aggregate().name()).toList();
        run(
                new Follower(view.name(), Follower.Type.VIEW, kinds, Start.beginning(), Optional.of(view)),
                () -> ViewHandler.announcing(view, this::announce));
    }

    private void announce(Set<LiveSignal> signals) {
        changes.publish(signals.stream().map(LiveSignal::key).toList());
    }

    public void run(Process process) {
        var kinds = process.follows().stream().map(it -> it.aggregate().name()).toList();
        run(
                new Follower(process.name(), Follower.Type.PROCESS, kinds, process.start(), Optional.empty()),
                () -> new ProcessHandler(process));
    }

    public void run(Relay relay) {
        var kinds = relay.follows().stream().map(it -> it.aggregate().name()).toList();
        run(
                new Follower(relay.name(), Follower.Type.RELAY, kinds, relay.start(), Optional.empty()),
                () -> new RelayHandler(relay));
    }

    private void run(Follower follower, Supplier<EventHandler> handler) {
        followers.add(follower);
        if (Cluster.get(system).selfMember().hasRole(ROLE)) prepare(follower);
        ShardedDaemonProcess.get(system)
                .init(
                        ProjectionBehavior.Command.class,
                        // Nodes with another number of readers do not share them with this one.
                        follower.name() + "-" + ranges.size(),
                        ranges.size(),
                        i -> ProjectionBehavior.create(
                                new FollowerReader(node, follower, ranges.get(i), handler.get()).projection(system)),
                        ShardedDaemonProcessSettings.create(system).withRole(ROLE),
                        Optional.of(ProjectionBehavior.stopMessage()));
    }

    private void prepare(Follower follower) {
        try (var connection = node.database().getConnection()) {
            long horizon = node.journal().horizon();
            ReadDatabase.runInTransaction(connection, it -> FollowerPositions.prepare(it, follower, ranges, horizon));
        } catch (SQLException e) {
            throw new IllegalStateException("the positions of " + follower.name() + " cannot be read", e);
        }
    }

    /**
     * Shows the followers that run here or elsewhere in the cluster. Call it after all have been started.
     */
    public FollowerControl control() {
        return new FollowerControl(node.database(), List.copyOf(followers));
    }

    /**
     * Ends the reading and handling of events on this node, and waits for the events that are being handled. A node that
     * leaves the cluster has handed its readers over before.
     */
    @Override
    public void close() {
        endSignal.run();
        var threads = node.threads();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) threads.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.signal().close();
    }
}
