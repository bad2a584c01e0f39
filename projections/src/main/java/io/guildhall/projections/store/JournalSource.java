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

/** The events of some aggregates in one slice, from a place in the journal on and without end. */
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
                .thenApply(
                        place -> Source.unfoldAsync(place.map(Position::parse).orElse(Position.START), this::next)
                                .mapConcat(batch -> batch));
    }

    /** What there is at once; otherwise nothing, but only after something may have come. */
    private CompletionStage<Optional<Pair<Position, List<Envelope>>>> next(Position after) {
        return read(after)
                .thenCompose(batch -> batch.isEmpty()
                        ? signal.await(kinds, slice, after).thenApply(_ -> Optional.of(Pair.create(after, batch)))
                        : CompletableFuture.completedFuture(
                                Optional.of(Pair.create(batch.getLast().position(), batch))));
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
