package io.guildhall.ai.adapter.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Unavailable;
import io.guildhall.ai.port.UnitVectors;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Validates the response of a server: order, number and dimension of its vectors. */
final class EmbeddingResponse {
    private EmbeddingResponse() {}

    static Result parse(CreateEmbeddingResponse response, int expected) {
        List<Embedding> received = response.data();
        float[][] vectors = new float[expected][];
        for (Embedding each : received) {
            long index = each.index();
            if (index < 0 || index >= expected || vectors[(int) index] != null) return invalid();
            Optional<float[]> unit = UnitVectors.normalise(floats(each));
            if (unit.isEmpty()) return invalid();
            if (unit.get().length != Embedder.DIMENSION)
                return new Embedder.WrongDimension(Embedder.DIMENSION, unit.get().length);
            vectors[(int) index] = unit.get();
        }
        return received.size() == expected
                ? new Embedder.Vectors(Stream.of(vectors).toList())
                : invalid();
    }

    static Result invalid() {
        return new Unavailable("the embedding server returned an invalid response");
    }

    /** Returns an empty vector, or NaN for a number, where the response does not contain them. */
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
