package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.RebuildRun.InterruptedRunException;
import io.guildhall.projections.store.RebuildRun.RebuildImpossibleException;
import io.guildhall.projections.store.RebuildTable.Claim;
import io.guildhall.projections.store.RebuildTable.ClaimLostException;
import io.guildhall.projections.store.RebuildTable.RebuildStoppedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds views from the first event while they go on serving and following the journal. A request is a row; a node with
 * the role {@value Followers#ROLE} claims it and does the work. If that node is lost, another one starts again. A node
 * works at one rebuild at a time.
 */
public final class ViewRebuilds implements AutoCloseable {
    /** The maximum number of connections at the same time: of the readers, of an exchange, and for operators. */
    public static final int CONNECTIONS = RebuildRun.READERS + 1;

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    /** A failed rebuild is started again; after this number of failures it ends. */
    private static final int MAX_FAILURES = 10;
    /** It is also started again if its node was stopped or lost, which the rebuild could have caused. */
    private static final int MAX_ATTEMPTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ViewRebuilds.class);

    private final DataSource database;
    private final Map<String, View> views = new LinkedHashMap<>();
    private final RebuildRun.Node node;
    private final @Nullable BackgroundLoop loop;

    public ViewRebuilds(ActorSystem<?> system, DataSource database, BackgroundLoops loops, List<View> views) {
        this(system, database, loops, views, Tries.Limits.STANDARD);
    }

    /** @param limits when an entity is parked */
    ViewRebuilds(
            ActorSystem<?> system, DataSource database, BackgroundLoops loops, List<View> views, Tries.Limits limits) {
        this.database = database;
        views.stream().filter(View::isRebuildable).forEach(it -> this.views.put(it.name(), it));
        this.node = new RebuildRun.Node(database, new JournalReader(database, system), limits, new CountDownLatch(1));
        this.loop =
                Cluster.get(system).selfMember().hasRole(Followers.ROLE) ? loops.start("rebuilds", this::run) : null;
    }

    /** The names of the views that can be rebuilt. */
    public List<String> views() {
        return List.copyOf(views.keySet());
    }

    /** The running and last rebuilds, in the order of the requests. Blocks. */
    public List<Rebuild> list() throws SQLException {
        try (var connection = database.getConnection()) {
            return RebuildTable.list(connection);
        }
    }

    /**
     * Requests a rebuild. Blocks.
     *
     * @return false if the view is being rebuilt
     * @throws IllegalArgumentException if no view that can be rebuilt has this name
     */
    public boolean request(String view) throws SQLException {
        if (!views.containsKey(view)) throw new IllegalArgumentException("No such view: " + view);
        try (var connection = database.getConnection()) {
            boolean isNew = RebuildTable.request(connection, view);
            if (loop != null) loop.wake();
            return isNew;
        }
    }

    /**
     * Has a rebuild stopped; the view stays as it is. Blocks.
     *
     * @return false if the view is not being rebuilt, or its new tables are already in use
     */
    public boolean requestStop(String view) throws SQLException {
        try (var connection = database.getConnection()) {
            return RebuildTable.requestStop(connection, view);
        }
    }

    private Duration run() throws Exception {
        var claimed = claim();
        if (claimed.isEmpty()) return POLL_INTERVAL;
        var claim = claimed.get();
        var run = new RebuildRun(node, claim, requireNonNull(views.get(claim.view())));
        try {
            run.run();
        } catch (ClaimLostException e) {
            LOG.warn("Lost the claim on the rebuild of {}; another node continues", claim.view());
        } catch (InterruptedRunException e) {
            release(claim, Optional.empty());
        } catch (RebuildStoppedException e) {
            run.end(Phase.STOPPED, Optional.empty());
            LOG.info("The rebuild of {} was stopped; the view has not changed", claim.view());
        } catch (RebuildImpossibleException e) {
            run.end(Phase.FAILED, Optional.ofNullable(e.getMessage()));
            LOG.error("The rebuild of {} failed: {}", claim.view(), e.getMessage());
        } catch (Exception | Error e) {
            failed(run, claim, e);
            throw e;
        }
        return Duration.ZERO;
    }

    private Optional<Claim> claim() throws SQLException {
        try (var connection = database.getConnection()) {
            return RebuildTable.claim(connection, views());
        }
    }

    private void failed(RebuildRun run, Claim claim, Throwable failure) throws SQLException {
        if (claim.failures() + 1 < MAX_FAILURES && claim.attempt() < MAX_ATTEMPTS)
            release(claim, Optional.of(String.valueOf(failure)));
        else
            run.end(
                    Phase.FAILED,
                    Optional.of(
                            run.hasExchanged()
                                    ? "The new tables serve, but what depends on them could not be updated. Rebuild again. Cause: "
                                            + failure
                                    : String.valueOf(failure)));
    }

    private void release(Claim claim, Optional<String> failure) throws SQLException {
        try (var connection = database.getConnection()) {
            RebuildTable.release(connection, claim, failure);
        }
    }

    /** Ends the work of this node; another one continues. */
    @Override
    public void close() {
        node.stopping().countDown();
        if (loop != null) loop.close();
    }
}
