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
 * The model in memory, from the files in langchain4j's jar; its own class for them pools by CLS and uses every core. Here a text is
 * read by the calling thread alone, by itself: in a batch the quantised model would give it a vector that depends on its company.
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

    /** Takes most of a second. Asks nothing of the network. */
    static Encoder load(Pooling pooling) throws IOException, OrtException {
        // The tokenizer's library would else tell its makers, on some clouds, that it was started.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        try (var options = new OrtSession.SessionOptions();
                InputStream tokenizer = resource(TOKENIZER)) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // A text at a time needs little: what one has needed is given back, not kept for the next.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            OrtSession session = session(environment, options);
            return new Encoder(session, new OnnxBertBiEncoder(environment, session, tokenizer, mode(pooling)));
        }
    }

    /** From a file, so that the model's bytes are never in the heap. */
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

    /** Of length one, as langchain4j makes it. */
    float[] vector(String part) {
        return embed(part).content().vector();
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
