package io.guildhall.bench.eval;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The quality of one search result, by relevance grades from 0 to 3.
 *
 * @param ndcg10 the discounted cumulative gain of the first ten hits, divided by that of the ten best documents; the
 *     gain is 2^grade − 1, the discount log2(rank + 1)
 * @param reciprocalRank one divided by the rank of the first hit with grade 3; 0 without such a hit
 * @param recall50 the share of the documents with grade 2 or 3, or of fifty if there are more, that are among the first
 *     fifty hits
 */
record RankingQuality(double ndcg10, double reciprocalRank, double recall50) {
    private static final int NDCG_HITS = 10;
    private static final int RECALL_HITS = 50;

    /**
     * @param hits ids in the order of the result
     * @param all the ids of all documents that could be found
     */
    static RankingQuality of(List<String> hits, List<String> all, ToIntFunction<String> grade) {
        var ideal = all.stream()
                .mapToInt(grade)
                .boxed()
                .sorted((a, b) -> Integer.compare(b, a))
                .toList();
        var actual = hits.stream().map(grade::applyAsInt).toList();
        double best = gain(ideal);
        int first = actual.indexOf(3);
        long relevant = ideal.stream().filter(it -> it >= 2).count();
        long relevantHits =
                actual.stream().limit(RECALL_HITS).filter(it -> it >= 2).count();
        return new RankingQuality(
                best == 0 ? 0 : gain(actual) / best,
                first < 0 ? 0 : 1.0 / (first + 1),
                relevant == 0 ? 0 : (double) relevantHits / Math.min(RECALL_HITS, relevant));
    }

    private static double gain(List<Integer> grades) {
        return IntStream.range(0, Math.min(NDCG_HITS, grades.size()))
                .mapToDouble(i -> (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2)))
                .sum();
    }

    static RankingQuality mean(List<RankingQuality> each) {
        return new RankingQuality(
                each.stream().mapToDouble(RankingQuality::ndcg10).average().orElse(0),
                each.stream()
                        .mapToDouble(RankingQuality::reciprocalRank)
                        .average()
                        .orElse(0),
                each.stream().mapToDouble(RankingQuality::recall50).average().orElse(0));
    }
}
