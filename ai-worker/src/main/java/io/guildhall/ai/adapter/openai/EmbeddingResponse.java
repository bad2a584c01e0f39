package io.guildhall.ai.adapter.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Answer;
import io.guildhall.ai.port.Embedder.Unavailable;
import io.guildhall.ai.port.UnitVectors;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server has sent, believed in nothing: neither its order, nor its number, nor its lengths. */
final class EmbeddingResponse {
    private EmbeddingResponse() {}

    static Answer of(CreateEmbeddingResponse response, int asked) {
        List<Embedding> received = response.data();
        float[][] vectors = new float[asked][];
        for (Embedding each : received) {
            long index = each.index();
            if (index < 0 || index >= asked || vectors[(int) index] != null) return unreadable();
            Optional<float[]> unit = UnitVectors.of(floats(each));
            if (unit.isEmpty()) return unreadable();
            if (unit.get().length != Embedder.DIMENSION)
                return new Embedder.WrongDimension(Embedder.DIMENSION, unit.get().length);
            vectors[(int) index] = unit.get();
        }
        return received.size() == asked
                ? new Embedder.Vectors(Stream.of(vectors).toList())
                : unreadable();
    }

    static Answer unreadable() {
        return new Unavailable("the model's server gave an answer that does not fit the question");
    }

    /** None, or not a number, where there is none to be read. */
    private static float[] floats(Embedding embedding) {
        try {
            List<Float> list = embedding.embedding();
            float[] floats = new float[list.size()];
            for (int i = 0; i < floats.length; i++) floats[i] = Objects.requireNonNullElse(list.get(i), Float.NaN);
            return floats;
        } catch (IllegalArgumentException _) {
            return new float[0];
        }
    }
}
