package io.guildhall.domain.savedsearch;

import static io.guildhall.domain.savedsearch.SavedSearchesRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.savedsearch.SavedSearchesCommand.*;
import io.guildhall.domain.savedsearch.SavedSearchesEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The searches that an account keeps, at most {@value #MAX_VALUES}. Of each its saver is told at most {@value #MOST_TOLD_A_DAY} times a day (in UTC);
 * what is found beyond that is not told later either, and is still there for who looks. One thing is told once, whichever of the searches meet it.
 *
 * @param told what was told of lately, the {@value #REMEMBERED} last ones: enough for whatever is sent twice. Who is told by the event
 *     tells nobody twice however late it is: the notice is named after account and document.
 */
public record SavedSearches(List<Kept> searches, List<String> told) implements Journalled {
    public static final int MOST = 20;
    public static final int MOST_TOLD_A_DAY = 50;
    static final int REMEMBERED = 200;

    public static final Aggregate<SavedSearches, SavedSearchesCommand, SavedSearchesEvent, SavedSearchesRejection>
            AGGREGATE = new Aggregate<>(
                    "saved-searches",
                    SavedSearches.class,
                    SavedSearchesCommand.class,
                    SavedSearchesEvent.class,
                    SavedSearchesRejection.class,
                    new SavedSearches(List.of(), List.of()),
                    SavedSearches::decide,
                    SavedSearches::evolve);

    /**
     * @param day since 1970 on which it was last told of
     * @param toldThatDay how often
     */
    public record Kept(SavedSearch search, long day, int toldThatDay) {
        private static Kept of(SavedSearch search) {
            return new Kept(search, 0, 0);
        }

        private boolean is(String id) {
            return search.id().equals(id);
        }

        private Kept with(SavedSearch other) {
            return new Kept(other, day, toldThatDay);
        }

        private boolean mayTell(Instant now) {
            return search.alerts() && (day != day(now) || toldThatDay < MOST_TOLD_A_DAY);
        }

        private Kept told(Instant at) {
            return new Kept(search, day(at), day == day(at) ? toldThatDay + 1 : 1);
        }

        private static long day(Instant at) {
            return at.getEpochSecond() / Duration.ofDays(1).toSeconds();
        }
    }

    public SavedSearches {
        searches = List.copyOf(searches);
        told = List.copyOf(told);
    }

    public List<SavedSearch> all() {
        return searches.stream().map(Kept::search).toList();
    }

    public Optional<SavedSearch> search(String id) {
        return kept(id).map(Kept::search);
    }

    private Optional<Kept> kept(String id) {
        return searches.stream().filter(it -> it.is(id)).findFirst();
    }

    Decision<SavedSearchesEvent, SavedSearchesRejection> decide(SavedSearchesCommand command, Instant now) {
        return switch (command) {
            case Save c -> save(c.search(), now);
            case Change c -> change(c.search(), now);
            case Remove c when search(c.searchId()).isEmpty() -> accept();
            case Remove c -> accept(new Removed(c.searchId(), now));
            case Match c when told.contains(c.documentId()) -> accept();
            case Match c ->
                kept(c.searchId())
                        .filter(it -> it.mayTell(now))
                        .map(it -> matched(c, it.search, now))
                        .orElseGet(Decision::accept);
        };
    }

    private Decision<SavedSearchesEvent, SavedSearchesRejection> save(SavedSearch it, Instant now) {
        var before = search(it.id());
        if (before.isPresent()) return before.get().equals(it) ? accept() : reject(ALREADY_SAVED);
        if (!it.terms().areSound()) return reject(PRICES_UNSOUND);
        return searches.size() < MOST ? accept(new Saved(it, now)) : reject(TOO_MANY);
    }

    private Decision<SavedSearchesEvent, SavedSearchesRejection> change(SavedSearch it, Instant now) {
        var before = search(it.id());
        if (before.isEmpty()) return reject(NO_SUCH_SEARCH);
        if (before.get().equals(it)) return accept();
        if (!it.terms().areSound()) return reject(PRICES_UNSOUND);
        return before.get().named(it.name()).equals(it)
                ? accept(new Renamed(it.id(), it.name(), now))
                : accept(new Changed(it, now));
    }

    private static Decision<SavedSearchesEvent, SavedSearchesRejection> matched(Match c, SavedSearch it, Instant now) {
        return accept(new Matched(it.id(), it.name(), it.terms().kind(), c.documentId(), c.title(), c.listedAt(), now));
    }

    SavedSearches evolve(SavedSearchesEvent event) {
        return switch (event) {
            case Saved e ->
                new SavedSearches(
                        Stream.concat(searches.stream(), Stream.of(Kept.of(e.search())))
                                .toList(),
                        told);
            case Renamed e -> with(e.searchId(), it -> Stream.of(it.with(it.search.named(e.name()))));
            case Changed e -> with(e.search().id(), it -> Stream.of(it.with(e.search())));
            case Removed e -> with(e.searchId(), _ -> Stream.of());
            case Matched e -> {
                var after = with(e.searchId(), it -> Stream.of(it.told(e.at())));
                yield new SavedSearches(after.searches, remembering(e.documentId()));
            }
        };
    }

    private SavedSearches with(String id, Function<Kept, Stream<Kept>> change) {
        return new SavedSearches(
                searches.stream()
                        .flatMap(it -> it.is(id) ? change.apply(it) : Stream.of(it))
                        .toList(),
                told);
    }

    private List<String> remembering(String documentId) {
        return Stream.concat(told.stream(), Stream.of(documentId))
                .skip(Math.max(0, told.size() + 1 - REMEMBERED))
                .toList();
    }
}
