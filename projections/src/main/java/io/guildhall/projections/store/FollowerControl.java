package io.guildhall.projections.store;

import io.guildhall.projections.View;
import io.guildhall.projections.store.Followers.Follower;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
                        journal.behind(follower.kinds(), slice, position)));
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
     * shows how far it is.
     *
     * @throws IllegalArgumentException where there is no such view
     */
    public CompletionStage<Done> rebuild(String name) {
        var follower = followers.stream()
                .filter(it -> it.name().equals(name) && it.view().isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such view: " + name));
        return each(follower, projections::pause)
                .thenRunAsync(() -> empty(follower.view().orElseThrow()), Thread::startVirtualThread)
                .thenCompose(_ -> each(follower, projections::clearOffset))
                .handle((_, failure) -> each(follower, projections::resume).thenApply(done -> {
                    if (failure != null) throw new CompletionException(failure);
                    return done;
                }))
                .thenCompose(Function.identity());
    }

    private void empty(View view) {
        try (var session = Session.open(database)) {
            view.empty(session.connection());
            session.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static CompletionStage<Done> each(Follower follower, Function<ProjectionId, CompletionStage<Done>> step) {
        return CompletableFuture.allOf(follower.projections().stream()
                        .map(id -> step.apply(id).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }
}
