package io.guildhall.ai.job.alert;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.InvalidInput;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.port.Alerts.Batch;
import io.guildhall.port.Alerts.EmbeddedSearch;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.Alerts.PendingSearch;
import io.guildhall.port.QueryInterpreter.Interpretation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The steps of a round of alerts. Stateless: work that fails stays pending and is done in a later round. */
record AlertRound(AlertDependencies dependencies) {
    private static final int SEARCHES_PER_ROUND = 16;
    private static final int COMPARED_PER_BATCH = 16;
    /** Maximum number of matches in memory. */
    private static final int MATCHES_PER_PAGE = 500;

    private static final int CONCURRENT_SENDS = 16;

    private static final CompletionStage<Void> DONE = completedFuture(null);

    CompletionStage<Void> register() {
        return dependencies.alerts().register(model());
    }

    /**
     * Embeds pending searches, one after the other. Fails if none of them could be embedded.
     *
     * @return whether any were pending
     */
    CompletionStage<Boolean> embedSearches() {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        return dependencies
                .alerts()
                .pendingSearches(SEARCHES_PER_ROUND)
                .thenCompose(pending -> inSequence(
                                pending, it -> embed(it).exceptionally(failure -> collect(failures, failure)))
                        .thenApply(_ -> {
                            if (!pending.isEmpty() && failures.size() == pending.size())
                                throw new CompletionException(failures.peek());
                            return !pending.isEmpty();
                        }));
    }

    private static Void collect(Queue<Throwable> failures, Throwable failure) {
        failures.add(failure);
        return null;
    }

    /**
     * Compares the next batch and sends all its matches.
     *
     * @return whether there was a batch
     */
    CompletionStage<Boolean> compareNextBatch() {
        return dependencies
                .alerts()
                .nextBatch(model(), COMPARED_PER_BATCH)
                .thenCompose(batch -> batch.map(this::compare).orElse(DONE).thenApply(_ -> batch.isPresent()));
    }

    private String model() {
        return dependencies.embedder().model().name();
    }

    private CompletionStage<Void> embed(PendingSearch search) {
        return vector(search.text()).thenCompose(vector -> {
            var skills = search.skills().stream()
                    .map(dependencies.skills()::spellings)
                    .toList();
            return dependencies.alerts().storeSearches(model(), List.of(new EmbeddedSearch(search, vector, skills)));
        });
    }

    /** Interprets the text as a search does, and embeds the result. */
    private CompletionStage<Optional<float[]>> vector(String text) {
        if (text.isBlank()) return completedFuture(Optional.empty());
        return dependencies
                .interpreter()
                .interpret(text)
                .thenCompose(interpretation -> interpretation
                        .vector()
                        .filter(it -> it.model().equals(model()))
                        .<CompletionStage<Optional<float[]>>>map(it -> completedFuture(Optional.of(it.vector())))
                        .orElseGet(() -> embed(interpretation)));
    }

    private CompletionStage<Optional<float[]>> embed(Interpretation interpretation) {
        return dependencies
                .embedder()
                .embed(Purpose.DOCUMENT, List.of(interpretation.text()))
                .thenApply(result -> switch (result) {
                    case Vectors it -> Optional.of(it.vectors().getFirst());
                    case InvalidInput _ -> Optional.empty();
                    case Failure it -> throw new IllegalStateException(it.toString());
                });
    }

    private CompletionStage<Void> compare(Batch batch) {
        return sendMatches(batch, Optional.empty())
                .thenCompose(_ -> dependencies.alerts().markCompared(batch));
    }

    private CompletionStage<Void> sendMatches(Batch batch, Optional<Match> after) {
        return dependencies
                .alerts()
                .matches(model(), batch, after, MATCHES_PER_PAGE)
                .thenCompose(page -> inSequence(inGroups(page), this::sendConcurrently)
                        .thenCompose(_ -> page.size() < MATCHES_PER_PAGE
                                ? DONE
                                : sendMatches(batch, Optional.of(page.getLast()))));
    }

    private CompletionStage<Void> sendConcurrently(List<Match> group) {
        var sent = group.stream()
                .<CompletionStage<?>>map(dependencies.send())
                .<CompletionStage<Void>>map(it -> it.thenApply(_ -> null))
                .toList();
        return inSequence(sent, it -> it);
    }

    private static List<List<Match>> inGroups(List<Match> page) {
        var groups = new ArrayList<List<Match>>();
        for (int from = 0; from < page.size(); from += CONCURRENT_SENDS)
            groups.add(page.subList(from, Math.min(from + CONCURRENT_SENDS, page.size())));
        return groups;
    }

    private static <T> CompletionStage<Void> inSequence(List<T> items, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> done = DONE;
        for (var item : items) done = done.thenCompose(_ -> step.apply(item));
        return done;
    }
}
