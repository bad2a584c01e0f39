package io.guildhall.ai.adapter.local;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The model in memory, loaded from the files in langchain4j's jar. langchain4j's own class for them uses CLS pooling
 * and all cores. This one encodes one text at a time in the calling thread: in a batch, the vector of a text from the
 * quantised model would depend on the other texts.
 */
final class Encoder extends AbstractInProcessEmbeddingModel implements AutoCloseable {
    private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    private final OrtSession session;
    private final OnnxBertBiEncoder encoder;

    private Encoder(OrtSession session, OnnxBertBiEncoder encoder) {
        super(Runnable::run);
        this.session = session;
        this.encoder = encoder;
    }

    /** Loads the model in less than a second. Makes no network requests. */
    static Encoder load(Pooling pooling) throws IOException, OrtException {
        // Otherwise the tokenizer's library reports its start to its vendor on some clouds.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        try (var options = new OrtSession.SessionOptions();
                InputStream tokenizer = resource(TOKENIZER)) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Memory is released after each text instead of being kept for the next: one text needs little.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            OrtSession session = session(environment, options);
            return new Encoder(session, new OnnxBertBiEncoder(environment, session, tokenizer, mode(pooling)));
        }
    }

    /** Loads from a file, so that the model's bytes are never in the heap. */
    private static OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
            throws IOException, OrtException {
        Path file = Files.createTempFile("guildhall-model", ".onnx");
        try (InputStream model = resource(MODEL)) {
            Files.copy(model, file, StandardCopyOption.REPLACE_EXISTING);
            return environment.createSession(file.toString(), options);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Returns a vector of length one. */
    float[] encode(String text) {
        return embed(text).content().vector();
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private static PoolingMode mode(Pooling pooling) {
        return switch (pooling) {
            case CLS -> PoolingMode.CLS;
            case MEAN -> PoolingMode.MEAN;
        };
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = OnnxBertBiEncoder.class.getResourceAsStream(name);
        if (resource == null) throw new FileNotFoundException(name + " is not on the class path");
        return resource;
    }
}
