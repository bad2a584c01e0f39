package io.guildhall.projections.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/** An endless source of the events of some aggregates in one slice, from a position in the journal. */
final class JournalSource extends SourceProvider<String, Envelope> {
    private static final int BATCH = 500;

    private final JournalReader journal;
    private final JournalSignal signal;
    private final Executor blocking;
    private final List<String> kinds;
    private final int slice;

    JournalSource(JournalReader journal, JournalSignal signal, Executor blocking, List<String> kinds, int slice) {
        this.journal = journal;
        this.signal = signal;
        this.blocking = blocking;
        this.kinds = kinds;
        this.slice = slice;
    }

    @Override
    public CompletionStage<Source<Envelope, NotUsed>> source(Supplier<CompletionStage<Optional<String>>> offset) {
        return offset.get()
                .thenApply(stored -> Source.unfoldAsync(
                                new Cursor(stored.map(Position::parse).orElse(Position.START), true), this::next)
                        .mapConcat(batch -> batch));
    }

    /** @param hasMore whether the journal probably has more events after the position already */
    private record Cursor(Position position, boolean hasMore) {}

    /**
     * Reads the next batch: immediately if the last one was full, otherwise after a signal, so that many events make
     * few batches.
     */
    private CompletionStage<Optional<Pair<Cursor, List<Envelope>>>> next(Cursor after) {
        return (after.hasMore()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : signal.await(kinds, slice, after.position()))
                .thenCompose(_ -> read(after.position()))
                .thenApply(batch -> Optional.of(Pair.create(after(after, batch), batch)));
    }

    private static Cursor after(Cursor before, List<Envelope> batch) {
        return batch.isEmpty()
                ? new Cursor(before.position(), false)
                : new Cursor(batch.getLast().position(), batch.size() == BATCH);
    }

    private CompletionStage<List<Envelope>> read(Position after) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return journal.read(kinds, slice, after, BATCH);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }

    @Override
    public String extractOffset(Envelope envelope) {
        return envelope.position().toString();
    }

    @Override
    public long extractCreationTime(Envelope envelope) {
        return envelope.at().toEpochMilli();
    }
}
