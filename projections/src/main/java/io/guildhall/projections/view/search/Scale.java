package io.guildhall.projections.view.search;

/**
 * What a model's similarities mean: models put texts that have nothing in common at different distances.
 *
 * @param unrelated about what texts have that have nothing in common
 * @param least below it, nothing is found by its meaning
 * @param telling below it, nobody is told. Stricter than a search: who searches sees the best first and stops where it gets worse, who is told
 *     has no choice
 */
public record Scale(double unrelated, double least, double telling) {
    /**
     * Measured on a few dozen pairs: 0.51 at most where they had nothing in common, 0.57 at least where they had. Of a search and a job that it
     * means 29 of 30 pairs are nearer than 0.64, and 2 of 30 where the job is of the same field and something else; of 1,740 pairs that have
     * nothing in common none is.
     */
    private static final Scale BGE_SMALL = new Scale(0.5, 0.56, 0.64);
    /** OpenAI's models spread their texts further; not measured here. */
    private static final Scale OTHER = new Scale(0.1, 0.25, 0.4);

    public static Scale of(String model) {
        return model.startsWith("bge-small") ? BGE_SMALL : OTHER;
    }

    /** 0 where nothing is in common, 1 for the same text. */
    double stretched(double similarity) {
        return Math.clamp((similarity - unrelated) / (1 - unrelated), 0, 1);
    }
}
