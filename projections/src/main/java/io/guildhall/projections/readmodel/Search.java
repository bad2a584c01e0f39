package io.guildhall.projections.readmodel;

import io.guildhall.port.QueryVectors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Finds by meaning and by words what is listed. */
public interface Search {
    enum Kind {
        JOB,
        GIG,
        FREELANCER
    }

    /**
     * @param text what is looked for; where it is blank, meaning alone counts
     * @param also other names of what the text names
     * @param meaning of the text; without it, words alone count
     */
    record Query(Kind kind, String text, List<String> also, Optional<QueryVectors.Asked> meaning, Filter filter) {}

    /**
     * What must hold of everything that is found.
     *
     * @param skills of each of these, one of its spellings
     * @param deliveryDays so many at most
     */
    record Filter(
            Optional<String> category, List<Set<String>> skills, Optional<Price> price, OptionalInt deliveryDays) {
        public static final Filter NONE =
                new Filter(Optional.empty(), List.of(), Optional.empty(), OptionalInt.empty());
    }

    /** In minor units of a currency; both ends count. */
    record Price(String currency, OptionalLong atLeast, OptionalLong atMost) {}

    /**
     * @param score of this query and this document alone, 0 to 1: what else there is does not change it
     * @param similarity of their meanings, -1 to 1; nothing where the document has not been read yet or the query could not be
     * @param words how well the query's words are met, 0 to 1
     */
    record Hit(String id, double score, OptionalDouble similarity, double words) {}

    record Listed(String id, Instant at) {}

    /** @param facets of all that was found, on the first page */
    record Found<T>(Page<T> page, Optional<Facets> facets) {}

    /** The best first. What does not fit at all is not found. */
    CompletionStage<Found<Hit>> find(Query query, Page.Request page);

    /** All there is, by id, the latest listed first. */
    CompletionStage<Found<Listed>> browse(Kind kind, Filter filter, Page.Request page);
}
