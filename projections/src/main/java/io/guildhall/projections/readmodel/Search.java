package io.guildhall.projections.readmodel;

import io.guildhall.port.QueryVectors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Finds by meaning and by words what is listed. */
public interface Search {
    enum Kind {
        JOB,
        GIG,
        FREELANCER
    }

    /**
     * @param text what is looked for, not blank
     * @param meaning of the text; without it, words alone count
     */
    record Query(Kind kind, String text, Optional<QueryVectors.Asked> meaning, Filter filter) {}

    /**
     * What must hold of everything that is found.
     *
     * @param skills all of them
     * @param priceAtMost in minor units of the currency
     */
    record Filter(
            Optional<String> category,
            List<String> skills,
            Optional<String> currency,
            OptionalLong priceAtLeast,
            OptionalLong priceAtMost) {
        public static final Filter NONE =
                new Filter(Optional.empty(), List.of(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * @param score of this query and this document alone, 0 to 1: what else there is does not change it
     * @param similarity of their meanings, -1 to 1; nothing where the document has not been read yet or the query could not be
     * @param words how well the query's words are met, 0 to 1
     */
    record Hit(String id, double score, OptionalDouble similarity, double words) {}

    /** The best first. What does not fit at all is not found. */
    CompletionStage<Page<Hit>> find(Query query, Page.Request page);

    /** All there is, by id, the latest listed first. */
    CompletionStage<Page<Listed>> browse(Kind kind, Filter filter, Page.Request page);

    record Listed(String id, Instant at) {}
}
