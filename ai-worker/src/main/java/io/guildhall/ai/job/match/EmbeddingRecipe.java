package io.guildhall.ai.job.match;

/**
 * How titles are compared.
 *
 * @param prefix before every title on both sides: tells the model which sense of a word is meant
 * @param shared so much of each title in the index is the mean of all titles of its concept, 0 to 1, and the rest its own; 0: each by itself
 */
public record EmbeddingRecipe(String prefix, double shared) {
    public EmbeddingRecipe {
        if (!(shared >= 0 && shared <= 1))
            throw new IllegalArgumentException("shared is from 0 to 1, and not " + shared);
    }

    /** What free job titles are mapped with. */
    public static EmbeddingRecipe best() {
        return new EmbeddingRecipe("job title: ", 0.5);
    }
}
