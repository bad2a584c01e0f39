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
 * Embeds with OpenAI or any server that implements its protocol. Temporary failures are retried with exponential
 * backoff, or after the delay that the server requests, until the timeout of the purpose. Failures contain our own
 * messages, because those of servers can contain keys and texts.
 */
public final class OpenAiEmbedder implements Embedder {
    /** A batch of this size stays below 300,000 tokens, the limit of a request. */
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
                .maxRetries(settings.maxRetries())
                // The log would contain the texts.
                .logLevel(LogLevel.OFF)
                .disableTelemetry(true)
                // A redirect could send the texts to another server.
                .followRedirects(false)
                .build();
        this.queries = executor("openai-query", settings.queryTimeout());
        this.documents = executor("openai-document", settings.documentTimeout());
    }

    @Override
    public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
        return switch (PreparedText.prepare(texts, MAX_BATCH)) {
            case PreparedText.Invalid(InvalidInput failure) -> CompletableFuture.completedStage(failure);
            case PreparedText.Ready(List<String> ready) ->
                switch (purpose) {
                    case QUERY -> embed(queries, settings.queryTimeout(), ready);
                    case TAXONOMY, DOCUMENT -> embed(documents, settings.documentTimeout(), ready);
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

    private CompletionStage<Result> embed(BoundedExecutor executor, Duration timeout, List<String> texts) {
        return executor.call(() -> call(timeout, texts)).exceptionally(OpenAiEmbedder::timedOut);
    }

    private Result call(Duration timeout, List<String> texts) {
        EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model(settings.model())
                .inputOfArrayOfStrings(texts)
                .dimensions(DIMENSION)
                // Not every server supports base64.
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .build();
        RequestOptions options = RequestOptions.builder().timeout(timeout).build();
        try {
            return EmbeddingResponse.parse(client.embeddings().create(params, options), texts.size());
        } catch (OpenAIServiceException e) {
            return failure(e.statusCode());
        } catch (OpenAIInvalidDataException e) {
            return EmbeddingResponse.invalid();
        } catch (OpenAIIoException e) {
            return new Unavailable("the embedding server cannot be reached");
        } catch (OpenAIException e) {
            return new Unavailable(
                    "no response from the embedding server: " + e.getClass().getSimpleName());
        }
    }

    private static Result failure(int status) {
        return switch (status) {
            case 408, 409, 425, 429 -> new Unavailable("the embedding server is busy (" + status + ")");
            case 401, 403 -> new Rejected(status, "the embedding server rejects the key (" + status + ")");
            case 404 -> new Rejected(status, "the embedding server does not know the model or the path (404)");
            default ->
                status < 500
                        ? new Rejected(status, "the embedding server rejects the request (" + status + ")")
                        : new Unavailable("the embedding server failed (" + status + ")");
        };
    }

    private static Result timedOut(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof TimeoutException)
            return new Unavailable("no response from the embedding server before the timeout");
        throw failure instanceof CompletionException broken ? broken : new CompletionException(failure);
    }

    private BoundedExecutor executor(String name, Duration timeout) {
        Duration half = timeout.dividedBy(2);
        return new BoundedExecutor(name, settings.concurrency(), half, half);
    }
}
