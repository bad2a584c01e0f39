package io.guildhall.projections.readmodel.search;

import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
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
     * @param text what is looked for; where it is blank, other names and meaning alone count
     * @param also other names of what the text names
     * @param skills that the text names, each by all its spellings
     * @param meanings whichever is nearest counts; without one, words and skills alone
     */
    record Query(
            Kind kind,
            String text,
            List<String> expansion,
            List<Set<String>> skills,
            List<QueryVector> vectors,
            Weights weights,
            Filter filter) {}

    /**
     * What a score is made of. What a query has not, skills or a meaning, weighs nothing, and the rest the more. Measured by
     * {@code ./guildhall eval marketplace}.
     *
     * @param meaning of the similarity
     * @param words of how well the words are met
     * @param skills of the part of the query's skills that a document names
     */
    record Weights(double meaning, double words, double skills) {
        public static final Weights FOR_QUERY = new Weights(0.95, 0.05, 0.2);
        public static final Weights FOR_FEED = new Weights(0.85, 0.15, 0);
    }

    /**
     * What must hold of everything that is found.
     *
     * @param skills of each of these, one of its spellings
     * @param deliveryDays so many at most
     * @param ratingAtLeast of the owner's reviews the mean, 1 to 5; who has none is left out
     * @param available whether only those who say that they are to be had, wholly or partly
     * @param newTo somebody who neither owns it nor has answered it
     */
    record Filter(
            Optional<String> category,
            List<Set<String>> skills,
            Optional<Price> price,
            OptionalInt deliveryDays,
            OptionalDouble ratingAtLeast,
            boolean available,
            Optional<String> newTo) {
        public static final Filter NONE = new Filter(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                false,
                Optional.empty());

        public Filter newTo(String accountId) {
            return new Filter(category, skills, price, deliveryDays, ratingAtLeast, available, Optional.of(accountId));
        }
    }

    /**
     * What somebody offers, as it can be found: the profile and what is on offer.
     *
     * @param meanings of each, at most {@value #MAX_VECTORS}; empty where nothing is listed, or nothing was read yet
     */
    record Offers(List<String> skills, List<QueryVector> vectors) {
        public static final int MAX_VECTORS = 8;
    }

    /** In minor units of a currency; both ends count. */
    record Price(String currency, OptionalLong atLeast, OptionalLong atMost) {}

    /**
     * @param score of this query and this document alone, 0 to 1: what else there is does not change it
     * @param similarity of their meanings, -1 to 1; nothing where the document has not been read yet or the query could not be
     * @param words how well the query's words are met, 0 to 1
     */
    record Hit(String id, double score, OptionalDouble similarity, double words) {}

    record ListedDocument(String id, Instant listedAt) {}

    /** @param facets of all that was found, where they were asked for, on the first page */
    record Results<T>(Page<T> page, Optional<Facets> facets) {}

    /** The best first. What does not fit at all is not found. */
    CompletionStage<Results<Hit>> find(Query query, Page.Request page, boolean withFacets);

    /** All there is, by id, the latest listed first. */
    CompletionStage<Results<ListedDocument>> browse(Kind kind, Filter filter, Page.Request page, boolean withFacets);

    CompletionStage<Offers> offersOf(String freelancerId);
}
