package io.guildhall.port;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads what somebody looks for, with the model that the index was read by. */
public interface QueryEmbedder {

    /** @param vector of length one */
    record QueryVector(String model, float[] vector) {}

    /** Nothing where there is no model now, or it cannot read this: then words alone must do. Never fails. */
    CompletionStage<Optional<QueryVector>> of(String text);
}
