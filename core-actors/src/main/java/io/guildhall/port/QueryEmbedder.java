package io.guildhall.port;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Embeds search texts with the model that embedded the index. */
public interface QueryEmbedder {

    /**
     * Equal if model and all numbers are equal.
     *
     * @param vector of length one; never changed
     */
    record QueryVector(String model, float[] vector) {
        @Override
        public boolean equals(Object other) {
            return other instanceof QueryVector it && model.equals(it.model) && Arrays.equals(vector, it.vector);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(vector);
        }

        @Override
        public String toString() {
            return "QueryVector[" + model + "]";
        }
    }

    /**
     * @param vector empty if the text cannot be embedded; then only words can be searched for
     * @param isDegraded whether the vector is missing because no model is available now, not because of the text
     */
    record QueryEmbedding(Optional<QueryVector> vector, boolean isDegraded) {
        public static final QueryEmbedding DEGRADED = new QueryEmbedding(Optional.empty(), true);
    }

    /** Embeds a text. Never fails. */
    CompletionStage<QueryEmbedding> embed(String text);
}
