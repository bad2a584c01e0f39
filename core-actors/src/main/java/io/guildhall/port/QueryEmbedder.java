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
     * Embeds a text. Never fails: the result is empty if no model is available or it cannot embed the text, and then
     * only words can be searched for.
     */
    CompletionStage<Optional<QueryVector>> embed(String text);
}
