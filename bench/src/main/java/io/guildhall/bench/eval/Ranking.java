package io.guildhall.bench.eval;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What one question was answered with, against what suits it by grades 0 to 3.
 *
 * @param ndcg10 discounted gain of the first ten (2^grade − 1, by log2 of the place + 1) over that of the best ten there are
 * @param reciprocalRank one over the place of the first that suits fully (grade 3); 0 where there is none among those given
 * @param recall50 of all that suit (grade 2 and 3), or of fifty where there are more, so many are among the first fifty
 */
record Ranking(double ndcg10, double reciprocalRank, double recall50) {
    private static final int TOP = 10;
    private static final int DEEP = 50;

    /** @param all that could have been found */
    static Ranking of(List<String> found, List<String> all, ToIntFunction<String> grade) {
        var ideal = all.stream()
                .mapToInt(grade)
                .boxed()
                .sorted((a, b) -> Integer.compare(b, a))
                .toList();
        var given = found.stream().map(grade::applyAsInt).toList();
        double best = gain(ideal);
        int first = given.indexOf(3);
        long suiting = ideal.stream().filter(it -> it >= 2).count();
        long met = given.stream().limit(DEEP).filter(it -> it >= 2).count();
        return new Ranking(
                best == 0 ? 0 : gain(given) / best,
                first < 0 ? 0 : 1.0 / (first + 1),
                suiting == 0 ? 0 : (double) met / Math.min(DEEP, suiting));
    }

    private static double gain(List<Integer> grades) {
        return IntStream.range(0, Math.min(TOP, grades.size()))
                .mapToDouble(i -> (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2)))
                .sum();
    }

    static Ranking mean(List<Ranking> each) {
        return new Ranking(
                each.stream().mapToDouble(Ranking::ndcg10).average().orElse(0),
                each.stream().mapToDouble(Ranking::reciprocalRank).average().orElse(0),
                each.stream().mapToDouble(Ranking::recall50).average().orElse(0));
    }
}
