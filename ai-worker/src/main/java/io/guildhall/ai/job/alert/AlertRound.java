package io.guildhall.ai.job.alert;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.job.alert.AlertJob.Parts;
import io.guildhall.ai.port.Embedder.BadInput;
import io.guildhall.ai.port.Embedder.Failure;
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

/** The steps of a round: searches are read, and what is new is compared and told. It keeps nothing: what fails waits on and is done again. */
record AlertRound(Parts parts) {
    private static final int SEARCHES = 16;
    private static final int COMPARED = 16;
    /** As many matches are in memory at once. */
    private static final int PAGE = 500;
    /** As many are told at once. */
    private static final int TOLD = 16;

    private static final CompletionStage<Void> NOTHING = completedFuture(null);

    CompletionStage<Void> begin() {
        return parts.alerts().register(model());
    }

    /** Whether searches were read; fails where none of those that waited could be. */
    CompletionStage<Boolean> read() {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        return parts.alerts()
                .pendingSearches(SEARCHES)
                .thenCompose(unread -> each(unread, it -> read(it).exceptionally(why -> noted(failures, why)))
                        .thenApply(_ -> {
                            if (!unread.isEmpty() && failures.size() == unread.size())
                                throw new CompletionException(failures.peek());
                            return !unread.isEmpty();
                        }));
    }

    private static Void noted(Queue<Throwable> failures, Throwable why) {
        failures.add(why);
        return null;
    }

    /** Whether there was something to compare; all of it is told then. */
    CompletionStage<Boolean> compare() {
        return parts.alerts()
                .nextBatch(model(), COMPARED)
                .thenCompose(batch -> batch.map(this::compare).orElse(NOTHING).thenApply(_ -> batch.isPresent()));
    }

    private String model() {
        return parts.embedder().model().name();
    }

    private CompletionStage<Void> read(PendingSearch search) {
        return vector(search.text()).thenCompose(vector -> {
            var skills = search.skills().stream().map(parts.skills()::spellings).toList();
            return parts.alerts().storeSearches(model(), List.of(new EmbeddedSearch(search, vector, skills)));
        });
    }

    /** Of the text as a search would take it. */
    private CompletionStage<Optional<float[]>> vector(String text) {
        if (text.isBlank()) return completedFuture(Optional.empty());
        return parts.queries()
                .interpret(text)
                .thenCompose(understood -> understood
                        .vector()
                        .filter(it -> it.model().equals(model()))
                        .<CompletionStage<Optional<float[]>>>map(it -> completedFuture(Optional.of(it.vector())))
                        .orElseGet(() -> embed(understood)));
    }

    private CompletionStage<Optional<float[]>> embed(Interpretation understood) {
        return parts.embedder()
                .embed(Purpose.DOCUMENT, List.of(understood.text()))
                .thenApply(answer -> switch (answer) {
                    case Vectors it -> Optional.of(it.vectors().getFirst());
                    case BadInput _ -> Optional.empty();
                    case Failure it -> throw new IllegalStateException(it.toString());
                });
    }

    private CompletionStage<Void> compare(Batch batch) {
        return tellFrom(batch, Optional.empty()).thenCompose(_ -> parts.alerts().markCompared(batch));
    }

    private CompletionStage<Void> tellFrom(Batch batch, Optional<Match> after) {
        return parts.alerts()
                .matches(model(), batch, after, PAGE)
                .thenCompose(page -> each(inGroups(page), this::tell)
                        .thenCompose(_ -> page.size() < PAGE ? NOTHING : tellFrom(batch, Optional.of(page.getLast()))));
    }

    private CompletionStage<Void> tell(List<Match> group) {
        var told = group.stream()
                .<CompletionStage<?>>map(parts.tell())
                .<CompletionStage<Void>>map(it -> it.thenApply(_ -> null))
                .toList();
        return each(told, it -> it);
    }

    private static List<List<Match>> inGroups(List<Match> page) {
        var groups = new ArrayList<List<Match>>();
        for (int from = 0; from < page.size(); from += TOLD)
            groups.add(page.subList(from, Math.min(from + TOLD, page.size())));
        return groups;
    }

    /** One after the other. */
    private static <T> CompletionStage<Void> each(List<T> all, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> so = NOTHING;
        for (var one : all) so = so.thenCompose(_ -> step.apply(one));
        return so;
    }
}
