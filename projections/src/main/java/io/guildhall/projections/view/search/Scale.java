package io.guildhall.projections.view.search;

/**
 * What a model's similarities mean: models put texts that have nothing in common at different distances.
 *
 * @param unrelated about what texts have that have nothing in common
 * @param least below it, nothing is found by its meaning
 */
record Scale(double unrelated, double least) {
    /** Measured on a few dozen pairs: 0.51 at most where they had nothing in common, 0.57 at least where they had. */
    private static final Scale BGE_SMALL = new Scale(0.5, 0.56);
    /** OpenAI's models spread their texts further; not measured here. */
    private static final Scale OTHER = new Scale(0.1, 0.25);

    static Scale of(String model) {
        return model.startsWith("bge-small") ? BGE_SMALL : OTHER;
    }

    /** 0 where nothing is in common, 1 for the same text. */
    double stretched(double similarity) {
        return Math.clamp((similarity - unrelated) / (1 - unrelated), 0, 1);
    }
}
