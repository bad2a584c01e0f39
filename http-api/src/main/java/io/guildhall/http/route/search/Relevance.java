package io.guildhall.http.route.search;

import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.search.Search.Hit;
import java.util.Optional;

/**
 * Why an item is in the results.
 *
 * @param score 0 to 1, computed from the query and the item only
 * @param similarity of their meanings, -1 to 1; absent if only words were compared
 * @param lexicalScore how well the item contains the query's words, 0 to 1
 * @param skills which of the query's skills the item has, nearly has and lacks
 */
public record Relevance(double score, Optional<Double> similarity, double lexicalScore, Coverage skills) {
    static Relevance of(Hit hit, Coverage skills) {
        return new Relevance(hit.score(), hit.similarity().stream().boxed().findFirst(), hit.lexicalScore(), skills);
    }
}
