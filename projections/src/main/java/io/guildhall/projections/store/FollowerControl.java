package io.guildhall.projections.store;

import io.guildhall.projections.store.Followers.Follower;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.javadsl.ProjectionManagement;

/** Shows the progress of all followers and rebuilds views, for operators. */
public final class FollowerControl {
    private final DataSource database;
    private final JournalReader journal;
    private final List<Follower> followers;
    private final ProjectionManagement projections;

    FollowerControl(ActorSystem<?> system, DataSource database, JournalReader journal, List<Follower> followers) {
        this.database = database;
        this.journal = journal;
        this.followers = followers;
        this.projections = ProjectionManagement.get(system);
    }

    /**
     * The progress of a follower in one slice.
     *
     * @param position in the journal, as transaction/number; 0/0 before the first event
     * @param eventsBehind the number of events that it has not handled yet
     */
    public record Progress(String follower, boolean view, int slice, String position, long eventsBehind) {}

    /** The progress of every follower in every slice. Blocks for two small queries each. */
    public List<Progress> progress() throws SQLException {
        var progress = new ArrayList<Progress>();
        for (var follower : followers) {
            for (int slice = 0; slice < JournalReader.SLICES; slice++) {
                var position = position(follower.name(), slice);
                progress.add(new Progress(
                        follower.name(),
                        follower.view().isPresent(),
                        slice,
                        position.toString(),
                        journal.countAfter(follower.kinds(), slice, position)));
            }
        }
        return progress;
    }

    private Position position(String follower, int slice) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT current_offset FROM pekko_projection_offset_store
                         WHERE projection_name = ? AND projection_key = ?
                        """)) {
            query.setString(1, follower);
            query.setString(2, Integer.toString(slice));
            try (var rows = query.executeQuery()) {
                return rows.next() ? Position.parse(rows.getString(1)) : Position.START;
            }
        }
    }

    public List<String> views() {
        return followers.stream()
                .filter(it -> it.view().isPresent())
                .map(Follower::name)
                .toList();
    }

    /**
     * Empties a view and restarts it at the first event; other followers continue. Completes when the view has
     * restarted; {@link #progress} shows its position. Fails with an IllegalStateException if the same view is
     * being emptied already.
     *
     * @throws IllegalArgumentException if no view has this name
     */
    public CompletionStage<Done> rebuild(String name) {
        var follower = followers.stream()
                .filter(it -> it.name().equals(name) && it.view().isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such view: " + name));
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!whilePaused(follower, () -> empty(follower)))
                        throw new IllegalStateException("The view " + name + " is being rebuilt already");
                    return Done.getInstance();
                },
                Thread::startVirtualThread);
    }

    /** Resumes the views that a node left paused because it died while rebuilding them. */
    void resumeAbandoned() {
        var paused = paused();
        for (var follower : followers) if (paused.contains(follower.name())) whilePaused(follower, () -> {});
    }

    private Set<String> paused() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT DISTINCT projection_name FROM pekko_projection_management WHERE paused");
                var rows = query.executeQuery()) {
            var names = new HashSet<String>();
            while (rows.next()) names.add(rows.getString(1));
            return names;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /**
     * Runs the work while the follower is paused, then resumes it.
     *
     * @return false, without running the work, if another node holds the lock of this follower
     */
    private boolean whilePaused(Follower follower, Runnable work) {
        try (var connection = database.getConnection()) {
            if (!lock(connection, "pg_try_advisory_lock", follower)) return false;
            try {
                forEachSlice(follower, projections::pause);
                work.run();
            } finally {
                try {
                    forEachSlice(follower, projections::resume);
                } finally {
                    lock(connection, "pg_advisory_unlock", follower);
                }
            }
            return true;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static boolean lock(Connection connection, String function, Follower follower) throws SQLException {
        try (var query = connection.prepareStatement("SELECT " + function + "(hashtextextended(?, 0))")) {
            query.setString(1, "rebuild/" + follower.name());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** In one transaction, so that the rows and the position are always consistent. */
    private void empty(Follower follower) {
        try (var session = Session.open(database);
                var deletePosition = session.connection()
                        .prepareStatement("DELETE FROM pekko_projection_offset_store WHERE projection_name = ?")) {
            follower.view().orElseThrow().empty(session.connection());
            deletePosition.setString(1, follower.name());
            deletePosition.executeUpdate();
            session.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void forEachSlice(Follower follower, Function<ProjectionId, CompletionStage<Done>> step) {
        CompletableFuture.allOf(follower.projections().stream()
                        .map(id -> step.apply(id).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
