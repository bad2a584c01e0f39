package io.guildhall.projections.readmodel.search;

/**
 * What a model's similarities mean: models put texts that have nothing in common at different distances.
 *
 * @param unrelated about what texts have that have nothing in common
 * @param least below it, nothing is found by its meaning
 * @param telling below it, nobody is told. Stricter than a search: who searches sees the best first and stops where it gets worse, who is told
 *     has no choice
 */
public record SimilarityScale(double unrelatedSimilarity, double minSimilarity, double minAlertSimilarity) {
    /**
     * Measured on a few dozen pairs: 0.51 at most where they had nothing in common, 0.57 at least where they had. Of a search and a job that it
     * means 29 of 30 pairs are nearer than 0.64, and 2 of 30 where the job is of the same field and something else; of 1,740 pairs that have
     * nothing in common none is.
     */
    private static final SimilarityScale BGE_SMALL = new SimilarityScale(0.5, 0.56, 0.64);
    /** OpenAI's models spread their texts further; not measured here. */
    private static final SimilarityScale OTHER = new SimilarityScale(0.1, 0.25, 0.4);

    public static SimilarityScale forModel(String model) {
        return model.startsWith("bge-small") ? BGE_SMALL : OTHER;
    }

    /** 0 where nothing is in common, 1 for the same text. */
    public double normalise(double similarity) {
        return Math.clamp((similarity - unrelatedSimilarity) / (1 - unrelatedSimilarity), 0, 1);
    }
}
