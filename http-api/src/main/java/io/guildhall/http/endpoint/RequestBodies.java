package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.kernel.Characters;
import io.guildhall.port.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/** Receives request bodies within limits of size, time and number, and parses them. */
final class RequestBodies {
    static final int MAX_BYTES = 64 * 1024;
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Bodies that did not arrive together with their header. Each takes up to 230 kB of the heap, with its header. */
    private static final int MAX_CONCURRENT = 256;

    private static final int MAX_CONCURRENT_PER_CALLER = 32;
    private static final int MAX_CONCURRENT_PER_ADDRESS = 64;

    private final Materializer materializer;
    private final Uploads uploads;
    private final CallerPermits permits = new CallerPermits(
            "requests with slow bodies", MAX_CONCURRENT, MAX_CONCURRENT_PER_CALLER, MAX_CONCURRENT_PER_ADDRESS);

    /** @param uploadFolder for temporary files */
    RequestBodies(Path uploadFolder, Materializer materializer) {
        this.materializer = materializer;
        this.uploads = new Uploads(new UploadFolder(uploadFolder), materializer);
    }

    /** @param caller the account; the address for a request without one */
    CompletionStage<ReceivedBody> receive(Operation<?> operation, HttpRequest request, String caller, String address) {
        boolean isFile = operation.acceptsFile();
        int maxBytes = isFile ? FileStore.MAX_BYTES : MAX_BYTES;
        if (request.entity().getContentLengthOption().orElse(0) > maxBytes) throw ErrorMapping.tooLarge(maxBytes);
        if (isFile) return uploads.receive(request, caller, address, operation.has(Feature.ANY_FILE_BODY));
        if (request.entity() instanceof HttpEntity.Strict strict) return completedFuture(received(strict));
        var release = permits.acquire(caller, address);
        return Futures.safely(() -> request.entity()
                        .withSizeLimit(maxBytes)
                        .toStrict(TIMEOUT.toMillis(), materializer)
                        .thenApply(RequestBodies::received))
                .exceptionallyCompose(failure -> failedFuture(
                        Futures.cause(failure) instanceof TimeoutException ? ErrorMapping.BODY_TIMEOUT : failure))
                .whenComplete((_, _) -> release.run());
    }

    private static ReceivedBody received(HttpEntity.Strict body) {
        return new ReceivedBody(body.getData().toArrayUnsafe(), Optional.empty(), () -> {});
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
        if (bytes.length == 0 && operation.isBodyOptional()) return Json.read(EMPTY_OBJECT, operation.body());
        if (!request.entity().getContentType().mediaType().toString().equals("application/json"))
            throw new Problem(415, "not-json", "Send the body with Content-Type application/json.");
        return Json.read(bytes, operation.body());
    }

    private static void checkText(byte[] bytes) {
        if (Utf8.text(bytes).filter(Characters::arePlain).isEmpty())
            throw new Problem(400, "malformed", "The body must be UTF-8 text without control characters.");
    }
}
