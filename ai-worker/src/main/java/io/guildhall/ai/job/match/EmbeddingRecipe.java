package io.guildhall.ai.job.match;

/**
 * How job titles are embedded.
 *
 * @param prefix put before every title, in the index and in queries. It tells the model the context of the words
 * @param conceptShare weight of the mean vector of a concept's names in the vector of each of them, 0 to 1. With 0 each
 *     name has its own vector
 */
public record EmbeddingRecipe(String prefix, double conceptShare) {
    public EmbeddingRecipe {
        if (!(conceptShare >= 0 && conceptShare <= 1))
            throw new IllegalArgumentException("conceptShare must be from 0 to 1: " + conceptShare);
    }

    /** The recipe in use; `./guildhall eval melo` compares it with others. */
    public static EmbeddingRecipe standard() {
        return new EmbeddingRecipe("job title: ", 0.5);
    }
}
