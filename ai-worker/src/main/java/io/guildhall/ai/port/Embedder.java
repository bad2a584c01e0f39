package io.guildhall.ai.port;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Computes the embeddings of texts with one model. Texts with similar meanings have similar vectors.
 *
 * <p>Vectors have length one, so that their dot product is their similarity. The vector of a text depends on the text
 * and the model only: not on the purpose, the other texts of the batch or the time. Failures are {@link Result}s; the
 * stage fails only because of a bug.
 */
public interface Embedder extends AutoCloseable {

    /** The dimension of all vectors in the index. Models with another dimension cannot be used. */
    int DIMENSION = 384;

    /**
     * @param texts 1 to {@link #maxBatch}, none of them blank; see {@link PreparedText} for how long texts are cut
     * @return one vector for each text, in their order, or a failure for all of them
     */
    CompletionStage<Result> embed(Purpose purpose, List<String> texts);

    Model model();

    int maxBatch();

    /** Releases all resources. Calls in progress can fail. */
    @Override
    void close();

    /** Why a text is embedded. It decides on priority and timeout only. */
    enum Purpose {
        /** A user waits for the result: has priority over all others, and a short timeout. */
        QUERY,
        /**
         * A name of the taxonomy, which queries are compared with: users wait until all of them are embedded. Has
         * priority over documents, and a long timeout.
         */
        TAXONOMY,
        /** For the index: can wait, and has a long timeout. */
        DOCUMENT
    }

    /** @param name identifies the model with its version: vectors under the same name can be compared */
    record Model(String name, int dimension) {}

    sealed interface Result {}

    /** The receiver owns the vectors: no other object refers to them. */
    record Vectors(List<float[]> vectors) implements Result {
        public Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /** Its reason can be logged: it never contains a text, the body of a response or a key. */
    sealed interface Failure extends Result {}

    /** A temporary failure. The same call can succeed later. */
    record Unavailable(String reason) implements Failure {}

    /**
     * The server rejected the request, and will reject it again. Usually the key or the model is wrong. If one of the
     * texts is the cause, the others can be embedded one by one.
     *
     * @param status HTTP status of the response
     */
    record Rejected(int status, String reason) implements Failure {}

    /**
     * The input cannot be embedded: a text is blank, or the batch is empty or too large. No model was called.
     *
     * @param index of the invalid text; empty if the batch is invalid
     */
    record InvalidInput(OptionalInt index, String reason) implements Failure {}

    /** The server uses another model than the configured one. Its vectors must not be stored. */
    record WrongDimension(int expected, int actual) implements Failure {}
}
