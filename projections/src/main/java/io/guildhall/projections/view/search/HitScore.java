package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.search.Search.Query;
import java.util.OptionalDouble;

/** Computes the score of a hit from the query and the document only, so that other documents do not change it. */
final class HitScore {
    private HitScore() {}

    /**
     * The weighted mean of similarity, lexical score and skills. What the query does not have, a vector or skills, has no
     * weight.
     *
     * @param similarity -1 to 1; empty counts as 0
     * @param lexicalScore rank of the document for the query's words, 0 to 1
     * @param skills how many of the query's skills the document names
     * @return 0 to 1
     */
    static double of(Query query, OptionalDouble similarity, double lexicalScore, int skills) {
        var weights = query.weights();
        double vectorWeight = query.vectors().isEmpty() ? 0 : weights.semantic();
        double skillWeight = query.skills().isEmpty() ? 0 : weights.skills();
        double skillShare =
                query.skills().isEmpty() ? 0 : (double) skills / query.skills().size();
        double sum = vectorWeight * Math.clamp(similarity.orElse(0), 0, 1)
                + weights.lexical() * lexicalScore
                + skillWeight * skillShare;
        return sum / (vectorWeight + weights.lexical() + skillWeight);
    }
}
