package io.guildhall.http.route.search;

import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.search.Search.Hit;
import java.util.Optional;

/**
 * Why something was found.
 *
 * @param score 0 to 1, of this query and this thing alone
 * @param similarity of their meanings, -1 to 1; missing where only words were compared
 * @param words how well the query's words are met, 0 to 1
 * @param skills those that the query names: which it has, nearly has and has not
 */
public record Relevance(double score, Optional<Double> similarity, double words, Coverage skills) {
    static Relevance of(Hit hit, Coverage skills) {
        return new Relevance(hit.score(), hit.similarity().stream().boxed().findFirst(), hit.words(), skills);
    }
}
