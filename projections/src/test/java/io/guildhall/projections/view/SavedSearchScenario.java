package io.guildhall.projections.view;

import static io.guildhall.testing.SearchBuilder.aSearchFor;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesCommand;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Change;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Match;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Remove;
import io.guildhall.domain.savedsearch.SavedSearchesCommand.Save;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import java.util.Optional;

/** Saved searches of one account. */
public final class SavedSearchScenario {
    public static final String SAVER = "acc_saver";

    private SavedSearchScenario() {}

    public static SavedSearch search(String id, String name, SearchCriteria terms) {
        return new SavedSearch(id, name, terms, true);
    }

    public static SearchCriteria terms(String text) {
        var price = new PriceRange("USD", Optional.of(1_000L), Optional.of(9_000L));
        return aSearchFor(Kind.JOB)
                .withText(text)
                .inCategory("Design ")
                .requiring(text, "Java")
                .priced(price)
                .deliveredInDays(9)
                .build();
    }

    /** Adds a saved search that is renamed and has a match, one that is changed and one that is removed. */
    public static EventStory addAll(EventStory story, String text) {
        var other = aSearchFor(Kind.GIG).withText(text).build();
        return execute(
                story,
                SAVER,
                new Save(search("srch_1", "First", terms(text))),
                new Save(search("srch_2", "Second", terms(text))),
                new Save(search("srch_3", "Third", terms(text))),
                new Change(search("srch_1", text, terms(text))),
                new Change(search("srch_2", "Second", other)),
                new Remove("srch_3"),
                new Match("srch_1", HireScenario.JOB, text, Optional.of(HireScenario.CLIENT), story.now));
    }

    public static EventStory execute(EventStory story, String account, SavedSearchesCommand... commands) {
        for (var command : commands) story.execute(SavedSearches.AGGREGATE, account, command);
        return story;
    }
}
