package io.guildhall.ai.eval;

import java.util.List;
import java.util.Set;

/** What rankings are measured by. Each takes a ranking, the best first and nothing twice, and what is relevant, which is not empty. */
final class Measures {
    private Measures() {}

    /**
     * The mean of the precisions at each relevant one within the first {@code cut}; one that is not there counts 0. As trec_eval: the
     * mean is over all relevant ones, also where they are more than {@code cut}.
     */
    static double averagePrecision(List<String> ranking, Set<String> relevant, int cut) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < Math.min(cut, ranking.size()); i++) {
            if (relevant.contains(ranking.get(i))) sum += (double) ++found / (i + 1);
        }
        return sum / relevant.size();
    }

    /** One over the place of the first relevant one; 0 where there is none. */
    static double reciprocalRank(List<String> ranking, Set<String> relevant) {
        for (int i = 0; i < ranking.size(); i++) {
            if (relevant.contains(ranking.get(i))) return 1.0 / (i + 1);
        }
        return 0;
    }

    /** 1 where a relevant one is within the first {@code cut}, else 0. */
    static double success(List<String> ranking, Set<String> relevant, int cut) {
        return ranking.stream().limit(cut).anyMatch(relevant::contains) ? 1 : 0;
    }
}
