package io.guildhall.domain.savedsearch;

import static io.guildhall.domain.savedsearch.SavedSearches.AGGREGATE;
import static io.guildhall.domain.savedsearch.SavedSearchesRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.SearchBuilder.aSearchFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.savedsearch.SavedSearchesCommand.*;
import io.guildhall.domain.savedsearch.SavedSearchesEvent.*;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.given.Given;
import io.guildhall.testing.SearchBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SavedSearchesTest {
    static final Instant LISTED = NOW.minusSeconds(3);
    static final SavedSearch BOATS = search().saved("srch_1", "Boats");
    static final SavedSearch SHIPS = search().saved("srch_2", "Ships");
    static final SavedSearch QUIET = search().savedWithoutAlerts("srch_1", "Boats");
    static final SavedSearch UNSOUND = search().priced(new PriceRange("USD", Optional.of(2L), Optional.of(1L)))
            .saved("srch_1", "Boats");

    static SearchBuilder search() {
        return aSearchFor(Kind.JOB).withText("a rigger").requiring("rope");
    }

    static Match match(String search, String job) {
        return new Match(search, job, "A mast", Optional.of("acc_owner"), LISTED);
    }

    static Matched matched(String search, String name, String job, Instant at) {
        return new Matched(search, name, Kind.JOB, job, "A mast", Optional.of("acc_owner"), LISTED, at);
    }

    @Test
    void isSavedChangedAndRemoved() {
        given(AGGREGATE)
                .when(new Save(BOATS))
                .then(new Saved(BOATS, NOW))
                .when(new Save(BOATS))
                .thenNothingChanges()
                .when(new Save(QUIET))
                .thenRejected(ALREADY_SAVED)
                .when(new Change(BOATS.withName("Old boats")))
                .then(new Renamed("srch_1", "Old boats", NOW))
                .when(new Change(QUIET))
                .then(new Changed(QUIET, NOW))
                .when(new Change(UNSOUND))
                .thenRejected(INVALID_PRICES)
                .when(new Change(SHIPS))
                .thenRejected(NO_SUCH_SEARCH)
                .when(new Remove("srch_1"))
                .then(new Removed("srch_1", NOW))
                .when(new Remove("srch_1"))
                .thenNothingChanges();
    }

    @Test
    void rejectsInvalidPriceRange() {
        given(AGGREGATE).when(new Save(UNSOUND)).thenRejected(INVALID_PRICES);
        var one = Optional.of(1L);
        var exact = search().priced(new PriceRange("USD", one, one)).saved("srch_1", "Exact");
        given(AGGREGATE).when(new Save(exact)).then(new Saved(exact, NOW));
    }

    @Test
    void limitsTheNumberOfSearches() {
        var full = given(AGGREGATE);
        for (int i = 0; i < SavedSearches.MAX; i++) {
            var search = search().saved("srch_" + i, "Boats");
            full = full.when(new Save(search)).then(new Saved(search, NOW));
        }
        var oneMore = search().saved("srch_x", "Boats");
        full.when(new Save(oneMore))
                .thenRejected(TOO_MANY)
                .when(new Remove("srch_3"))
                .then(new Removed("srch_3", NOW))
                .when(new Save(oneMore))
                .then(new Saved(oneMore, NOW));
    }

    @Test
    void sendsOneAlertForSeveralMatchingSearches() {
        given(AGGREGATE, new Saved(BOATS, NOW), new Saved(SHIPS, NOW))
                .when(match("srch_1", "job_1"))
                .then(matched("srch_1", "Boats", "job_1", NOW))
                .when(match("srch_1", "job_1"))
                .thenNothingChanges()
                .when(match("srch_2", "job_1"))
                .thenNothingChanges()
                .when(match("srch_2", "job_2"))
                .then(matched("srch_2", "Ships", "job_2", NOW));
    }

    @Test
    void sendsNoAlertIfSwitchedOff() {
        given(AGGREGATE, new Saved(QUIET, NOW)).when(match("srch_1", "job_1")).thenNothingChanges();
        given(AGGREGATE).when(match("srch_1", "job_1")).thenNothingChanges();
    }

    @Test
    void limitsAlertsPerDay() {
        var saved = given(AGGREGATE, new Saved(BOATS, NOW), new Saved(SHIPS, NOW));
        for (int i = 0; i < SavedSearches.MAX_ALERTS_PER_DAY; i++)
            saved = saved.when(match("srch_1", "job_" + i)).then(matched("srch_1", "Boats", "job_" + i, NOW));
        var tomorrow = NOW.plus(Duration.ofDays(1));
        saved.when(match("srch_1", "job_x"), NOW.plus(Duration.ofHours(23)))
                .thenNothingChanges()
                .when(match("srch_2", "job_y"))
                .then(matched("srch_2", "Ships", "job_y", NOW))
                .when(match("srch_1", "job_x"), tomorrow)
                .then(matched("srch_1", "Boats", "job_x", tomorrow));
    }

    @Test
    void limitsRecentAlerts() {
        Given<SavedSearches, SavedSearchesCommand, SavedSearchesEvent, SavedSearchesRejection> saved =
                given(AGGREGATE, new Saved(BOATS, NOW));
        for (int i = 0; i < 2 * SavedSearches.MAX_RECENT_ALERTS; i++)
            saved = after(saved, matched("srch_1", "Boats", "job_" + i, NOW));
        assertEquals(
                SavedSearches.MAX_RECENT_ALERTS, saved.state().recentAlerts().size());
        saved.when(match("srch_1", "job_" + (2 * SavedSearches.MAX_RECENT_ALERTS - 1)))
                .thenNothingChanges();
    }

    private static <S, C, E, R> Given<S, C, E, R> after(Given<S, C, E, R> before, E event) {
        return new Given<>(before.aggregate(), before.aggregate().evolve().apply(before.state(), event), Set.of());
    }

    @Property
    void sendsEachAlertOnceAndOnlyIfSwitchedOn(@ForAll("sequences") List<Step<SavedSearchesCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var documents =
                result.events(Matched.class).stream().map(Matched::documentId).toList();
        assertEquals(documents.size(), Set.copyOf(documents).size());
        assertTrue(result.events(Matched.class).isEmpty() || result.journal().getFirst() instanceof Saved);
    }

    @Provide
    Arbitrary<List<Step<SavedSearchesCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ZERO, Duration.ofHours(9));
    }

    static final List<SavedSearchesCommand> COMMANDS = List.of(
            new Save(BOATS),
            new Save(SHIPS),
            new Save(UNSOUND),
            new Change(QUIET),
            new Change(BOATS),
            new Change(SHIPS.withName("Tall ships")),
            new Remove("srch_1"),
            new Remove("srch_2"),
            match("srch_1", "job_1"),
            match("srch_2", "job_1"),
            match("srch_2", "job_2"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(TOO_MANY));
    }
}
