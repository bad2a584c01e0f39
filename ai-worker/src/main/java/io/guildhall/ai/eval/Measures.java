package io.guildhall.ai.eval;

import java.util.List;
import java.util.Set;

/**
 * Measures of rankings. A ranking is ordered best first and has no duplicates; the set of relevant items is not empty.
 */
final class Measures {
    private Measures() {}

    /**
     * The mean of the precision at each relevant item within the first {@code cutoff}; a missing item counts as 0. As
     * in trec_eval, the mean is over all relevant items, even if there are more than {@code cutoff}.
     */
    static double averagePrecision(List<String> ranking, Set<String> relevant, int cutoff) {
        double sum = 0;
        int hits = 0;
        for (int i = 0; i < Math.min(cutoff, ranking.size()); i++) {
            if (relevant.contains(ranking.get(i))) sum += (double) ++hits / (i + 1);
        }
        return sum / relevant.size();
    }

    /** One divided by the rank of the first relevant item; 0 if there is none. */
    static double reciprocalRank(List<String> ranking, Set<String> relevant) {
        for (int i = 0; i < ranking.size(); i++) {
            if (relevant.contains(ranking.get(i))) return 1.0 / (i + 1);
        }
        return 0;
    }

    /** 1 if a relevant item is within the first {@code cutoff}, otherwise 0. */
    static double success(List<String> ranking, Set<String> relevant, int cutoff) {
        return ranking.stream().limit(cutoff).anyMatch(relevant::contains) ? 1 : 0;
    }
}
