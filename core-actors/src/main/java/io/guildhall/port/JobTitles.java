package io.guildhall.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Maps free job titles to skills by meaning. */
public interface JobTitles {
    /**
     * @param skill canonical name
     * @param title the name or typical job title of the skill that is most similar to the given one
     * @param similarity 1 for equal titles, around 0 for unrelated ones
     */
    record TitleMatch(String skill, String title, double similarity) {}

    /**
     * Finds the skills for a job title, most similar first. Never fails.
     *
     * @return empty while the index of titles is being built
     */
    CompletionStage<Optional<List<TitleMatch>>> skillsFor(String title, int limit);
}
