package io.guildhall.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What people call their jobs, by what it means. */
public interface JobTitles {
    /**
     * @param skill as it is called here
     * @param like which of its names, or of the titles of those who have it, the title is nearest to
     * @param similarity 1 where they are the same, around 0 where they have nothing to do with each other
     */
    record Match(String skill, String like, double similarity) {}

    /** The skills nearest to a title, the nearest first; nothing where it cannot be told yet: the titles are being learned. Never fails. */
    CompletionStage<Optional<List<Match>>> skills(String title, int limit);
}
