package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.kernel.PlainText;
import io.guildhall.port.FileStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/** Receives request bodies within limits of size and time, and parses them. */
final class RequestBodies {
    static final int MAX_BYTES = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(15);
    /** Each upload is held in memory as a whole. */
    private static final int MAX_CONCURRENT_UPLOADS = 8;

    private final Materializer materializer;
    private final Semaphore uploads = new Semaphore(MAX_CONCURRENT_UPLOADS);

    RequestBodies(Materializer materializer) {
        this.materializer = materializer;
    }

    CompletionStage<byte[]> receive(Operation<?> operation, HttpRequest request) {
        if (!operation.has(Feature.FILE_BODY)) return receive(request, MAX_BYTES, TIMEOUT);
        if (!uploads.tryAcquire())
            throw Problem.later(503, "busy", "Too many uploads are in progress. Try again later.", 2);
        return Futures.safely(() -> receive(request, FileStore.MAX_BYTES, UPLOAD_TIMEOUT))
                .whenComplete((_, _) -> uploads.release());
    }

    private CompletionStage<byte[]> receive(HttpRequest request, int maxBytes, Duration timeout) {
        if (request.entity().getContentLengthOption().orElse(0) > maxBytes) throw ErrorMapping.tooLarge(maxBytes);
        if (request.entity() instanceof HttpEntity.Strict strict)
            return completedFuture(strict.getData().toArrayUnsafe());
        return request.entity()
                .withSizeLimit(maxBytes)
                .toStrict(timeout.toMillis(), materializer)
                .thenApply(entity -> entity.getData().toArrayUnsafe())
                .exceptionallyCompose(failure -> failedFuture(
                        Futures.cause(failure) instanceof TimeoutException ? ErrorMapping.BODY_TIMEOUT : failure));
    }

    /** An unread body would block its connection. */
    void discard(HttpRequest request) {
        if (!request.entity().isStrict()) request.discardEntityBytes(materializer);
    }

    /**
     * @return null if the operation has no JSON body
     * @throws Problem if the bytes are not a valid body of the operation
     */
    static <B> @Nullable B parse(Operation<B> operation, HttpRequest request, byte[] bytes) {
        if (operation.has(Feature.RAW_BODY)) checkText(bytes);
        if (!operation.acceptsJson()) return null;
        if (!request.entity().getContentType().mediaType().toString().equals("application/json"))
            throw new Problem(415, "not-json", "Send the body with Content-Type application/json.");
        return Json.read(bytes, operation.body());
    }

    private static void checkText(byte[] bytes) {
        if (Utf8.text(bytes).filter(PlainText::isValid).isEmpty())
            throw new Problem(400, "malformed", "The body must be UTF-8 text without control characters.");
    }
}
