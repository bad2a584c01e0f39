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
 * The saved searches of an account, at most {@value #MAX}. Each search sends at most {@value #MAX_ALERTS_PER_DAY}
 * alerts on a day (UTC); further matches are not sent later. A document causes one alert, however many of the searches
 * it matches.
 *
 * @param recentAlerts document ids of the last {@value #MAX_RECENT_ALERTS} alerts, to recognise a repeated command. A
 *     later repetition is harmless too: the id of the notification is derived from account and document.
 */
public record SavedSearches(List<Entry> searches, List<String> recentAlerts) implements Journalled {
    public static final int MAX = 20;
    public static final int MAX_ALERTS_PER_DAY = 50;
    static final int MAX_RECENT_ALERTS = 200;

    public static final Aggregate<SavedSearches, SavedSearchesCommand, SavedSearchesEvent, SavedSearchesRejection>
            AGGREGATE = new Aggregate<>(
                            "saved-searches",
                            SavedSearches.class,
                            SavedSearchesCommand.class,
                            SavedSearchesEvent.class,
                            SavedSearchesRejection.class,
                            new SavedSearches(List.of(), List.of()),
                            SavedSearches::decide,
                            SavedSearches::evolve)
                    .ownedBy((accountId, _) -> List.of(accountId));

    /**
     * A saved search with its number of alerts.
     *
     * @param day of the last alert, counted from 1970-01-01; 0 if there was none
     * @param alertsOnDay number of alerts on that day
     */
    public record Entry(SavedSearch search, long day, int alertsOnDay) {
        private static Entry withoutAlerts(SavedSearch search) {
            return new Entry(search, 0, 0);
        }

        private boolean hasId(String id) {
            return search.id().equals(id);
        }

        private Entry with(SavedSearch edited) {
            return new Entry(edited, day, alertsOnDay);
        }

        private boolean canAlert(Instant now) {
            return search.alerts() && (day != day(now) || alertsOnDay < MAX_ALERTS_PER_DAY);
        }

        private Entry withAlert(Instant at) {
            return new Entry(search, day(at), day == day(at) ? alertsOnDay + 1 : 1);
        }

        private static long day(Instant at) {
            return at.getEpochSecond() / Duration.ofDays(1).toSeconds();
        }
    }

    public SavedSearches {
        searches = List.copyOf(searches);
        recentAlerts = List.copyOf(recentAlerts);
    }

    public List<SavedSearch> all() {
        return searches.stream().map(Entry::search).toList();
    }

    public Optional<SavedSearch> search(String id) {
        return findEntry(id).map(Entry::search);
    }

    private Optional<Entry> findEntry(String id) {
        return searches.stream().filter(it -> it.hasId(id)).findFirst();
    }

    Decision<SavedSearchesEvent, SavedSearchesRejection> decide(SavedSearchesCommand command, Instant now) {
        return switch (command) {
            case Save save -> save(save.search(), now);
            case Change change -> change(change.search(), now);
            case Remove remove when search(remove.searchId()).isEmpty() -> accept();
            case Remove remove -> accept(new Removed(remove.searchId(), now));
            case Match match when recentAlerts.contains(match.documentId()) -> accept();
            case Match match ->
                findEntry(match.searchId())
                        .filter(it -> it.canAlert(now))
                        .map(it -> matched(match, it.search, now))
                        .orElseGet(Decision::accept);
        };
    }

    private Decision<SavedSearchesEvent, SavedSearchesRejection> save(SavedSearch search, Instant now) {
        var before = search(search.id());
        if (before.isPresent()) return before.get().equals(search) ? accept() : reject(ALREADY_SAVED);
        if (!search.terms().hasValidPrice()) return reject(INVALID_PRICES);
        return searches.size() < MAX ? accept(new Saved(search, now)) : reject(TOO_MANY);
    }

    private Decision<SavedSearchesEvent, SavedSearchesRejection> change(SavedSearch search, Instant now) {
        var before = search(search.id());
        if (before.isEmpty()) return reject(NO_SUCH_SEARCH);
        if (before.get().equals(search)) return accept();
        if (!search.terms().hasValidPrice()) return reject(INVALID_PRICES);
        return before.get().withName(search.name()).equals(search)
                ? accept(new Renamed(search.id(), search.name(), now))
                : accept(new Changed(search, now));
    }

    private static Decision<SavedSearchesEvent, SavedSearchesRejection> matched(
            Match command, SavedSearch it, Instant now) {
        return accept(new Matched(
                it.id(),
                it.name(),
                it.terms().kind(),
                command.documentId(),
                command.title(),
                command.ownerId(),
                command.listedAt(),
                now));
    }

    SavedSearches evolve(SavedSearchesEvent event) {
        return switch (event) {
            case Saved saved ->
                new SavedSearches(
                        Stream.concat(searches.stream(), Stream.of(Entry.withoutAlerts(saved.search())))
                                .toList(),
                        recentAlerts);
            case Renamed renamed ->
                replace(renamed.searchId(), it -> Stream.of(it.with(it.search.withName(renamed.name()))));
            case Changed changed -> replace(changed.search().id(), it -> Stream.of(it.with(changed.search())));
            case Removed removed -> replace(removed.searchId(), _ -> Stream.of());
            case Matched matched -> {
                var after = replace(matched.searchId(), it -> Stream.of(it.withAlert(matched.at())));
                yield new SavedSearches(after.searches, recentAlertsWith(matched.documentId()));
            }
        };
    }

    private SavedSearches replace(String id, Function<Entry, Stream<Entry>> change) {
        return new SavedSearches(
                searches.stream()
                        .flatMap(it -> it.hasId(id) ? change.apply(it) : Stream.of(it))
                        .toList(),
                recentAlerts);
    }

    private List<String> recentAlertsWith(String documentId) {
        return Stream.concat(recentAlerts.stream(), Stream.of(documentId))
                .skip(Math.max(0, recentAlerts.size() + 1 - MAX_RECENT_ALERTS))
                .toList();
    }
}
