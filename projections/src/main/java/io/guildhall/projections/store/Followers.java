package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.actors.LogContext;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.Process;
import io.guildhall.projections.View;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ShardedDaemonProcessSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;

/**
 * Runs views and processes over the journal. Each slice of each follower runs on one node with the role {@value #ROLE}
 * and moves when nodes join or leave. A follower that fails restarts at its last position with backoff; others are not
 * affected.
 */
public final class Followers implements AutoCloseable {
    public static final String ROLE = "projection";
    /** How many followers of a node can read the journal at the same time, each with a connection. */
    private static final int READ_CONCURRENCY = 6;

    /** The threads of Pekko Projection, each with a connection. */
    private static final int HANDLER_CONCURRENCY = 6;

    /** The maximum number of connections at the same time: also for the signal, and for showing and rebuilding. */
    public static final int CONNECTIONS = READ_CONCURRENCY + HANDLER_CONCURRENCY + 4;

    private static final int MAX_GROUP_SIZE = 500;
    private static final Duration MAX_GROUP_DELAY = Duration.ofMillis(20);
    private static final int SAVE_POSITION_EVERY = 50;
    private static final Duration SAVE_POSITION_AFTER = Duration.ofMillis(200);
    private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(20);
    private static final double BACKOFF_JITTER = 0.2;

    private final ActorSystem<?> system;
    private final DataSource database;
    private final FollowerMetrics metrics;
    private final JournalReader journal;
    private final JournalSignal signal;
    private final BackgroundLoops loops;
    private final ExecutorService blocking = Executors.newFixedThreadPool(
            READ_CONCURRENCY, Thread.ofVirtual().name("journal-reader-", 0).factory());
    private final List<Follower> running = new ArrayList<>();

    /**
     * A view or process that runs.
     *
     * @param kinds the names of the aggregates that it follows
     */
    record Follower(String name, List<String> kinds, Optional<View> view) {
        List<ProjectionId> projections() {
            return IntStream.range(0, JournalReader.SLICES)
                    .mapToObj(slice -> ProjectionId.of(name, Integer.toString(slice)))
                    .toList();
        }
    }

    public Followers(ActorSystem<?> system, DataSource database, FollowerMetrics metrics, BackgroundLoops loops) {
        this.system = system;
        this.database = database;
        this.metrics = metrics;
        this.loops = loops;
        this.journal = new JournalReader(database, system);
        this.signal = new JournalSignal(journal, loops);
    }

    public void run(View view) {
        var handlers = new HashMap<String, View.Subscription<?>>();
        view.follows().forEach(on -> handlers.put(on.aggregate().name(), on));
        var follower = new Follower(view.name(), List.copyOf(handlers.keySet()), Optional.of(view));
        startSlices(
                follower,
                slice -> ProjectionBehavior.create(JdbcProjection.groupedWithin(
                                follower.projections().get(slice),
                                source(follower, slice),
                                () -> Session.open(database),
                                () -> new ViewHandler(view.name(), handlers, metrics),
                                system)
                        .withGroup(MAX_GROUP_SIZE, MAX_GROUP_DELAY)
                        .withRestartBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER)
                        .withStatusObserver(metrics.observer(view.name()))));
    }

    public void run(Process process) {
        var handlers = new HashMap<String, Process.Subscription<?>>();
        process.follows().forEach(on -> handlers.put(on.aggregate().name(), on));
        var follower = new Follower(process.name(), List.copyOf(handlers.keySet()), Optional.empty());
        startSlices(
                follower,
                slice -> ProjectionBehavior.create(JdbcProjection.atLeastOnceAsync(
                                follower.projections().get(slice),
                                source(follower, slice),
                                () -> Session.open(database),
                                () -> new ProcessHandler(process.name(), handlers, metrics),
                                system)
                        .withSaveOffset(SAVE_POSITION_EVERY, SAVE_POSITION_AFTER)
                        .withRestartBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER)
                        .withStatusObserver(metrics.observer(process.name()))));
    }

    private JournalSource source(Follower follower, int slice) {
        return new JournalSource(journal, signal, blocking, follower.kinds(), slice);
    }

    private void startSlices(Follower follower, IntFunction<Behavior<ProjectionBehavior.Command>> create) {
        running.add(follower);
        ShardedDaemonProcess.get(system)
                .init(
                        ProjectionBehavior.Command.class,
                        follower.name(),
                        JournalReader.SLICES,
                        create,
                        ShardedDaemonProcessSettings.create(system).withRole(ROLE),
                        Optional.of(ProjectionBehavior.stopMessage()));
    }

    /**
     * Shows and rebuilds the followers that run here or elsewhere in the cluster. Call it after all have been started.
     */
    public FollowerControl control() {
        var control = new FollowerControl(system, database, journal, List.copyOf(running));
        loops.startOnce("resume-abandoned-rebuilds", control::resumeAbandoned);
        return control;
    }

    @Override
    public void close() {
        signal.close();
        blocking.close();
    }

    private static final class ViewHandler extends JdbcHandler<List<Envelope>, Session> {
        private final String name;
        private final Map<String, View.Subscription<?>> handlers;
        private final FollowerMetrics metrics;

        ViewHandler(String name, Map<String, View.Subscription<?>> handlers, FollowerMetrics metrics) {
            this.name = name;
            this.handlers = handlers;
            this.metrics = metrics;
        }

        @Override
        public void process(Session session, List<Envelope> group) throws SQLException {
            for (int from = 0; from < group.size(); ) {
                int to = endOfRun(group, from);
                apply(requireNonNull(handlers.get(group.get(from).kind())), session, group.subList(from, to));
                from = to;
            }
            group.forEach(envelope -> metrics.recordLag(name, envelope.at()));
        }

        /** The index of the next event of another kind of aggregate. */
        private static int endOfRun(List<Envelope> group, int from) {
            int to = from + 1;
            while (to < group.size()
                    && group.get(to).kind().equals(group.get(from).kind())) to++;
            return to;
        }

        private static <E> void apply(View.Subscription<E> on, Session session, List<Envelope> run)
                throws SQLException {
            var recorded =
                    run.stream().map(it -> it.recorded(on.aggregate().events())).toList();
            on.applier().applyAll(session.connection(), recorded);
        }
    }

    private static final class ProcessHandler extends Handler<Envelope> {
        private final String name;
        private final Map<String, Process.Subscription<?>> handlers;
        private final FollowerMetrics metrics;

        ProcessHandler(String name, Map<String, Process.Subscription<?>> handlers, FollowerMetrics metrics) {
            this.name = name;
            this.handlers = handlers;
            this.metrics = metrics;
        }

        @Override
        public CompletionStage<Done> process(Envelope envelope) {
            try (var _ = LogContext.open(envelope.correlation())) {
                return react(requireNonNull(handlers.get(envelope.kind())), envelope)
                        .thenApply(_ -> {
                            metrics.recordLag(name, envelope.at());
                            return Done.getInstance();
                        });
            }
        }

        private static <E> CompletionStage<?> react(Process.Subscription<E> on, Envelope envelope) {
            return on.reaction().to(envelope.recorded(on.aggregate().events()));
        }
    }
}
