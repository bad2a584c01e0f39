package io.guildhall.port;

import io.guildhall.port.QueryEmbedder.QueryVector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Understands what somebody types who looks for something. */
public interface QueryInterpreter {

    /**
     * @param text as it was meant: what was mistyped is mended
     * @param wasMended whether that is another text than what was asked
     * @param skills whose names it holds
     * @param also other names of those skills, the weightiest first, none of them in the text
     * @param meaning of the text; nothing where it cannot be read for its meaning now
     */
    record Interpretation(
            String text, boolean wasMended, List<String> skills, List<String> also, Optional<QueryVector> meaning) {}

    /** Never fails: at worst it is the words as they were asked. */
    CompletionStage<Interpretation> interpret(String text);
}
