package io.guildhall.projections.readmodel.search;

import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.port.QueryEmbedder.QueryVector;
import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Finds listed documents by meaning and by words. */
public interface Search {
    /**
     * @param words text whose words are searched for: that of the criteria after spelling correction; empty to search
     *     by vectors and expansion only
     * @param expansion other names of what the text mentions
     * @param skills that the text mentions, each with all its spellings
     * @param vectors the most similar one counts; without any, only words and skills count
     */
    record Query(
            String words,
            List<String> expansion,
            List<Set<String>> skills,
            List<QueryVector> vectors,
            Weights weights,
            Filter filter) {}

    /**
     * The weights of a score's parts. If a query has no skills or no vector, that part has no weight and the others
     * count more. Measured by {@code ./guildhall eval marketplace}.
     *
     * @param semantic weight of the similarity
     * @param lexical weight of the lexical score
     * @param skills weight of the share of the query's skills that the document names
     */
    record Weights(double semantic, double lexical, double skills) {
        public static final Weights FOR_QUERY = new Weights(0.95, 0.05, 0.2);
        public static final Weights FOR_FEED = new Weights(0.85, 0.15, 0);
    }

    /**
     * The conditions that every hit meets. An empty component sets no condition.
     *
     * @param criteria their text sets no condition
     * @param skillSpellings of each skill of the criteria
     * @param ratingAtLeast mean rating of the owner's reviews, 1 to 5; owners without reviews do not meet it
     * @param available whether only freelancers who are available, fully or partly, meet it
     * @param newTo an account that neither owns the document nor has applied to it
     */
    record Filter(
            SearchCriteria criteria,
            List<Set<String>> skillSpellings,
            OptionalDouble ratingAtLeast,
            boolean available,
            Optional<String> newTo) {
        /** The filter that all listed documents of a kind meet. */
        public static Filter anyOf(Kind kind) {
            return new Filter(SearchCriteria.anyOf(kind), List.of(), OptionalDouble.empty(), false, Optional.empty());
        }

        public Filter newTo(String accountId) {
            return new Filter(criteria, skillSpellings, ratingAtLeast, available, Optional.of(accountId));
        }

        public Kind kind() {
            return criteria.kind();
        }
    }

    /**
     * What a freelancer offers: profile and active gigs.
     *
     * @param vectors of the listed documents, at most {@value #MAX_VECTORS}; empty if nothing is listed or embedded yet
     */
    record Offers(List<String> skills, List<QueryVector> vectors) {
        public static final int MAX_VECTORS = 8;
    }

    /**
     * @param score 0 to 1, computed from the query and the document only: other documents do not change it
     * @param similarity of query and document, -1 to 1; empty if one of them is not embedded
     * @param lexicalScore rank of the document for the query's words, 0 to 1
     */
    record Hit(String id, double score, OptionalDouble similarity, double lexicalScore) {}

    record ListedDocument(String id, Instant listedAt) {}

    /** @param facets of all hits, on the first page, if requested */
    record Results<T>(Page<T> page, Optional<Facets> facets) {}

    /**
     * Returns hits, best first. Documents that do not fit the query are not among them, nor any beyond the search's
     * depth: the 60 nearest by meaning and the 60 best by words, or as many as the first page has items if that is
     * more.
     *
     * <p>A page has fewer items than requested only if it is the last. For five minutes, following pages on the same
     * node continue the ranking of the first page without repeating or skipping a hit, and without searching again;
     * hits that are no longer listed or no longer meet the filter are left out. After that, or on another node, a
     * following page searches again and continues after the last hit: then a hit is repeated or skipped only if its
     * document was changed since, or if new documents displaced it from the search's depth.
     */
    CompletionStage<Results<Hit>> find(Query query, Page.Request page, boolean withFacets);

    /** Returns all listed documents that meet the filter, newest first. */
    CompletionStage<Results<ListedDocument>> browse(Filter filter, Page.Request page, boolean withFacets);

    CompletionStage<Offers> offersOf(String freelancerId);
}
