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

/** How followers stand, and views built anew from the first event. */
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
     * One slice of a follower.
     *
     * @param position in the journal, transaction/number; 0/0 before the first event
     * @param behind events it has still to follow
     */
    public record Standing(String follower, boolean view, int slice, String position, long behind) {}

    /** Where every follower stands; blocks for a small query each. */
    public List<Standing> standings() throws SQLException {
        var standings = new ArrayList<Standing>();
        for (var follower : followers) {
            for (int slice = 0; slice < JournalReader.SLICES; slice++) {
                var position = position(follower.name(), slice);
                standings.add(new Standing(
                        follower.name(),
                        follower.view().isPresent(),
                        slice,
                        position.toString(),
                        journal.countAfter(follower.kinds(), slice, position)));
            }
        }
        return standings;
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
     * Empties a view and reads it again from the first event, while all else goes on. Completes when it has started anew; {@link #standings}
     * shows how far it is. Fails with an IllegalStateException where the same view is being emptied already.
     *
     * @throws IllegalArgumentException where there is no such view
     */
    public CompletionStage<Done> rebuild(String name) {
        var follower = followers.stream()
                .filter(it -> it.name().equals(name) && it.view().isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such view: " + name));
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!alone(follower, () -> empty(follower)))
                        throw new IllegalStateException(name + " is being rebuilt already");
                    return Done.getInstance();
                },
                Thread::startVirtualThread);
    }

    /** A node that died while it rebuilt a view left it standing still, whether emptied or not: it goes on from where it is. */
    void resumeAbandoned() {
        var paused = paused();
        for (var follower : followers) if (paused.contains(follower.name())) alone(follower, () -> {});
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

    /** While the follower stands still, and nobody else in the cluster does the same; afterwards it goes on. */
    private boolean alone(Follower follower, Runnable work) {
        try (var connection = database.getConnection()) {
            if (!locks(connection, "pg_try_advisory_lock", follower)) return false;
            try {
                each(follower, projections::pause);
                work.run();
            } finally {
                try {
                    each(follower, projections::resume);
                } finally {
                    locks(connection, "pg_advisory_unlock", follower);
                }
            }
            return true;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static boolean locks(Connection connection, String function, Follower follower) throws SQLException {
        try (var query = connection.prepareStatement("SELECT " + function + "(hashtextextended(?, 0))")) {
            query.setString(1, "rebuild/" + follower.name());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** In one transaction, so that a view is never without both its rows and the events that make them. */
    private void empty(Follower follower) {
        try (var session = Session.open(database);
                var forget = session.connection()
                        .prepareStatement("DELETE FROM pekko_projection_offset_store WHERE projection_name = ?")) {
            follower.view().orElseThrow().empty(session.connection());
            forget.setString(1, follower.name());
            forget.executeUpdate();
            session.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void each(Follower follower, Function<ProjectionId, CompletionStage<Done>> step) {
        CompletableFuture.allOf(follower.projections().stream()
                        .map(id -> step.apply(id).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
