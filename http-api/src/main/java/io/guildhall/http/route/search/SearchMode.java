package io.guildhall.http.route.search;

import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Offers;
import io.guildhall.projections.readmodel.search.Search.Query;
import io.guildhall.projections.readmodel.search.Search.Weights;
import java.util.List;
import java.util.Set;

/** What a search compares. */
public enum SearchMode {
    /** Meaning and words. */
    HYBRID,
    /** Meaning only. */
    SEMANTIC,
    /** Words only. */
    LEXICAL;

    boolean comparesMeanings() {
        return this != LEXICAL;
    }

    /** @param skills the spellings of each skill that the text mentions */
    Query query(Interpretation text, List<Set<String>> skills, Filter filter) {
        var vectors = text.vector().stream().toList();
        return switch (this) {
            case HYBRID -> new Query(text.text(), text.expansion(), skills, vectors, Weights.FOR_QUERY, filter);
            case SEMANTIC -> new Query("", List.of(), List.of(), vectors, Weights.FOR_QUERY, filter);
            case LEXICAL -> new Query(text.text(), text.expansion(), skills, List.of(), Weights.FOR_QUERY, filter);
        };
    }

    Query query(Offers offers, Filter filter) {
        return switch (this) {
            case HYBRID -> new Query("", offers.skills(), List.of(), offers.vectors(), Weights.FOR_FEED, filter);
            case SEMANTIC -> new Query("", List.of(), List.of(), offers.vectors(), Weights.FOR_FEED, filter);
            case LEXICAL -> new Query("", offers.skills(), List.of(), List.of(), Weights.FOR_FEED, filter);
        };
    }
}
