package io.guildhall.projections.readmodel.search;

/**
 * The range of a model's similarities. Models differ in how similar unrelated texts are.
 *
 * @param unrelatedSimilarity typical similarity of unrelated texts
 * @param minSimilarity a search finds no document by meaning below this
 * @param minAlertSimilarity an alert is sent for no document below this. Higher than {@code minSimilarity}: a user who
 *     searches sees the best hits first and can stop reading, but every alert interrupts
 */
public record SimilarityScale(double unrelatedSimilarity, double minSimilarity, double minAlertSimilarity) {
    /**
     * Measured on a few dozen pairs of texts: at most 0.51 for unrelated and at least 0.57 for related ones. For saved
     * searches: 29 of 30 pairs of a search and a fitting job are above 0.64, and 2 of 30 where the job is in the same
     * field but does not fit; none of 1,740 unrelated pairs.
     */
    private static final SimilarityScale BGE_SMALL = new SimilarityScale(0.5, 0.56, 0.64);
    /** OpenAI's models have a wider range. Not measured. */
    private static final SimilarityScale OTHER = new SimilarityScale(0.1, 0.25, 0.4);

    public static SimilarityScale forModel(String model) {
        return model.startsWith("bge-small") ? BGE_SMALL : OTHER;
    }

    /** Maps a similarity to a share: 0 for unrelated texts, 1 for the same text. */
    public double normalise(double similarity) {
        return Math.clamp((similarity - unrelatedSimilarity) / (1 - unrelatedSimilarity), 0, 1);
    }
}
