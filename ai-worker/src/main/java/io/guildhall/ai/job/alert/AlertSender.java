package io.guildhall.ai.job.alert;

import io.guildhall.actors.Entities;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesCommand;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.Alerts.Match;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sends a match to the saved searches of its account, which decide whether to notify the user. They reject no match.
 */
public record AlertSender(Entities entities) implements Function<Match, CompletionStage<?>> {
    @Override
    public CompletionStage<?> apply(Match it) {
        var match = new SavedSearchesCommand.Match(
                it.searchId(), it.documentId(), it.title(), Optional.of(it.ownerId()), it.listedAt());
        return entities.execute(Correlation.NONE, SavedSearches.AGGREGATE, it.accountId(), match);
    }
}
