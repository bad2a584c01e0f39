package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.store.JournalSignal.State;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The unread events of a reader, from the positions in {@link FollowerPositions} on. Each source loads them once, and
 * again when positions were reset. The offset that Pekko Projection has saved is not read.
 */
final class JournalSource extends SourceProvider<String, Batch> {
    private static final int MAX_EVENTS = 500;
    /** Has a number of resets that never occurs. */
    private static final State NOTHING_READ = new State(0, -1);

    private final FollowerReader reader;

    JournalSource(FollowerReader reader) {
        this.reader = reader;
    }

    /**
     * Where to read on: at the positions of the checkpoint, once the last batch was handled.
     *
     * @param checkpoint null until the positions are loaded
     * @param read up to which horizon everything was read, and since which reset
     * @param target up to which horizon to read
     * @param hasMore whether there can be more events before the target
     * @param handled completes when the last batch was handled
     */
    private record Cursor(
            @Nullable Checkpoint checkpoint, State read, State target, boolean hasMore, CompletionStage<Void> handled) {
        static final Cursor START =
                new Cursor(null, NOTHING_READ, NOTHING_READ, false, CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletionStage<Source<Batch, NotUsed>> source(Supplier<CompletionStage<Optional<String>>> savedOffset) {
        reader.starting();
        var source = Source.unfoldAsync(Cursor.START, this::next)
                .mapConcat(batches -> batches)
                .watchTermination((unused, ended) -> {
                    // A source that fails, or whose batch could not be handled, is followed by another.
                    var _ = ended.thenRun(reader::stopping);
                    return unused;
                });
        return CompletableFuture.completedFuture(source);
    }

    /** Waits for events and reads some. Nothing is passed on if there is nothing to do. */
    private CompletionStage<Optional<Pair<Cursor, List<Batch>>>> next(Cursor cursor) {
        if (reader.isStopping()) return CompletableFuture.completedFuture(Optional.empty());
        return cursor.handled()
                .thenCompose(_ -> target(cursor))
                .thenApplyAsync(
                        target -> {
                            try {
                                return Optional.of(read(cursor, target));
                            } catch (SQLException e) {
                                throw new CompletionException(e);
                            }
                        },
                        reader.node().threads());
    }

    private CompletionStage<State> target(Cursor cursor) {
        if (cursor.hasMore()) return CompletableFuture.completedFuture(cursor.target());
        var checkpoint = cursor.checkpoint();
        var read = checkpoint != null && reader.hasParkedToTry(checkpoint) ? NOTHING_READ : cursor.read();
        return reader.node().signal().await(reader.follower().kinds(), reader.range(), read);
    }

    private Pair<Cursor, List<Batch>> read(Cursor last, State target) throws SQLException {
        boolean isLoaded = last.checkpoint() != null && last.read().resets() == target.resets();
        var checkpoint = isLoaded ? requireNonNull(last.checkpoint()) : reader.loadCheckpoint();
        var read = isLoaded ? last.read() : new State(0, target.resets());
        var events = reader.read(unread(checkpoint, read), target.horizon(), MAX_EVENTS);
        boolean hasMore = events.size() == MAX_EVENTS;
        var batch = new Batch(checkpoint, target.horizon(), events);
        var next = new Cursor(checkpoint, hasMore ? read : target, target, hasMore, batch.handled());
        if (isLoaded && events.isEmpty() && !reader.hasParkedToTry(checkpoint)) {
            reader.succeeded();
            batch.handled().complete(null);
            return Pair.create(next, List.of());
        }
        return Pair.create(next, List.of(batch));
    }

    /** The positions, without the span that was read and has no events. */
    private static Map<String, Position> unread(Checkpoint checkpoint, State read) {
        var first = new Position(read.horizon(), 0);
        var unread = new HashMap<>(checkpoint.positions());
        unread.replaceAll((_, position) -> position.compareTo(first) < 0 ? first : position);
        return unread;
    }

    @Override
    public String extractOffset(Batch batch) {
        return batch.end().toString();
    }

    @Override
    public long extractCreationTime(Batch batch) {
        return batch.readAt().toEpochMilli();
    }
}
