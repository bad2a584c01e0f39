package io.guildhall.port;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Embeds search texts with the model that embedded the index. */
public interface QueryEmbedder {

    /** @param vector of length one */
    record QueryVector(String model, float[] vector) {}

    /** Embeds a text. Never fails: the result is empty if no model is available or it cannot embed the text, and then only words can be searched for. */
    CompletionStage<Optional<QueryVector>> embed(String text);
}
