package io.guildhall.port;

import io.guildhall.port.QueryEmbedder.QueryVector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Interprets a search text: corrects its spelling, recognises skills and embeds it. */
public interface QueryInterpreter {

    /**
     * @param text after spelling correction
     * @param wasCorrected whether {@code text} differs from what the user typed
     * @param skills names of the skills that the text mentions
     * @param expansion other names of those skills, most relevant first; none of them occurs in the text
     * @param vector of the text; empty if no model can embed it now
     * @param isDegraded whether the vector is missing because no model is available now
     */
    record Interpretation(
            String text,
            boolean wasCorrected,
            List<String> skills,
            List<String> expansion,
            Optional<QueryVector> vector,
            boolean isDegraded) {}

    /** Interprets a text. Never fails: in the worst case the result contains only the text as typed. */
    CompletionStage<Interpretation> interpret(String text);
}
