package io.guildhall.ai.adapter.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.PreparedText;
import io.guildhall.kernel.BoundedExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * OpenAI, or any server that speaks its protocol. Failures that may pass are tried again, with growing pauses and as the server
 * asks for, until the time of the purpose is over. What is said of a failure is our own words: servers repeat keys and texts in
 * theirs.
 */
public final class OpenAiEmbedder implements Embedder {
    /** Of the longest texts, together less than the 300,000 tokens that a request may have. */
    private static final int MAX_BATCH = 32;

    private final OpenAiSettings settings;
    private final OpenAIClient client;
    private final BoundedExecutor queries;
    private final BoundedExecutor documents;

    public OpenAiEmbedder(OpenAiSettings settings) {
        this.settings = settings;
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.key())
                .maxRetries(settings.retries())
                // Its log has the texts in it.
                .logLevel(LogLevel.OFF)
                .disableTelemetry(true)
                // A server that sends us elsewhere would send the texts there too.
                .followRedirects(false)
                .build();
        this.queries = bounded("openai-query", settings.queryTime());
        this.documents = bounded("openai-document", settings.documentTime());
    }

    @Override
    public CompletionStage<Answer> embed(Purpose purpose, List<String> texts) {
        return switch (PreparedText.of(texts, MAX_BATCH)) {
            case PreparedText.Unfit(BadInput why) -> CompletableFuture.completedStage(why);
            case PreparedText.Ready(List<String> ready) ->
                switch (purpose) {
                    case QUERY -> ask(queries, settings.queryTime(), ready);
                    case DOCUMENT -> ask(documents, settings.documentTime(), ready);
                };
        };
    }

    @Override
    public Model model() {
        return new Model(settings.model(), DIMENSION);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public void close() {
        client.close();
    }

    private CompletionStage<Answer> ask(BoundedExecutor places, Duration time, List<String> texts) {
        return places.call(() -> ask(time, texts)).exceptionally(OpenAiEmbedder::late);
    }

    private Answer ask(Duration time, List<String> texts) {
        EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model(settings.model())
                .inputOfArrayOfStrings(texts)
                .dimensions(DIMENSION)
                // Every server knows this one; not every one knows base64.
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .build();
        RequestOptions options = RequestOptions.builder().timeout(time).build();
        try {
            return EmbeddingResponse.of(client.embeddings().create(params, options), texts.size());
        } catch (OpenAIServiceException e) {
            return status(e.statusCode());
        } catch (OpenAIInvalidDataException e) {
            return EmbeddingResponse.unreadable();
        } catch (OpenAIIoException e) {
            return new Unavailable("the model's server cannot be reached");
        } catch (OpenAIException e) {
            return new Unavailable(
                    "no answer from the model's server: " + e.getClass().getSimpleName());
        }
    }

    private static Answer status(int status) {
        return switch (status) {
            case 408, 409, 425, 429 -> new Unavailable("the model's server is busy (" + status + ")");
            case 401, 403 -> new Refused(status, "the model's server does not accept the key (" + status + ")");
            case 404 -> new Refused(status, "the model's server does not know the model or the path (404)");
            default ->
                status < 500
                        ? new Refused(status, "the model's server does not accept the request (" + status + ")")
                        : new Unavailable("the model's server fails (" + status + ")");
        };
    }

    private static Answer late(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof TimeoutException) return new Unavailable("no answer from the model's server in time");
        throw failure instanceof CompletionException broken ? broken : new CompletionException(failure);
    }

    private BoundedExecutor bounded(String name, Duration time) {
        Duration half = time.dividedBy(2);
        return new BoundedExecutor(name, settings.atOnce(), half, half);
    }
}
