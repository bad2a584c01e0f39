package io.guildhall.ai.port;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * A model that turns texts into vectors, so that texts of like meaning lie near each other.
 *
 * <p>Vectors are of length one: their dot product is their similarity. A text's vector depends on the text and the model alone,
 * never on purpose, company or time. What goes wrong is an {@link Answer}; the stage fails only where the program itself is
 * broken.
 */
public interface Embedder extends AutoCloseable {

    /** The one dimension that the index is made for. A model that gives another one is not used. */
    int DIMENSION = 384;

    /**
     * @param texts at least one and at most {@link #maxBatch}, each with something to read in it; see {@link PreparedText} for how
     *     much of a long one counts
     * @return one vector for each text, in their order, or why there is none: all or nothing
     */
    CompletionStage<Answer> embed(Purpose purpose, List<String> texts);

    Model model();

    int maxBatch();

    /** Lets go of what it holds; what is under way may fail. */
    @Override
    void close();

    /** Says who waits, not what the text is. */
    enum Purpose {
        /** Somebody waits for the answer: goes before documents, and is given up soon. */
        QUERY,
        /** For the index: may wait, and is tried for longer. */
        DOCUMENT
    }

    /** @param name the same for as long as vectors may be compared with those made before under this name */
    record Model(String name, int dimension) {}

    sealed interface Answer {}

    /** They are the receiver's own: nobody else holds or changes them. */
    record Vectors(List<float[]> vectors) implements Answer {
        public Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /** What a failure says is fit for logs: never a text, an answer's body or a key. */
    sealed interface Failure extends Answer {}

    /** Not now: later it may well go. */
    record Unavailable(String why) implements Failure {}

    /**
     * It was asked and will not have it; the same again will be refused again. Mostly a wrong key or model; where it is one of the
     * texts, the others pass when they are asked for one by one.
     *
     * @param status as the server gave it, in HTTP's numbers
     */
    record Refused(int status, String why) implements Failure {}

    /**
     * No model was asked, nor will be: there is nothing to read, or too much at once.
     *
     * @param text which one; none where it is the batch
     */
    record BadInput(OptionalInt text, String why) implements Failure {}

    /** Another model answers than the one that was meant. Nothing of it may come into the index. */
    record WrongDimension(int expected, int actual) implements Failure {}
}
