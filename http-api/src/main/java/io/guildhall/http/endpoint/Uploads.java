package io.guildhall.http.endpoint;

import static io.guildhall.http.endpoint.ErrorMapping.BODY_TIMEOUT;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.kernel.Sha256;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.IOOperationIncompleteException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives files into temporary files, a few kilobytes at a time. So a slow sender occupies a connection and a permit of
 * its own, but neither memory nor a call to the file store, which gets the file when it is complete.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // A problem has no stack trace.
final class Uploads {
    private static final int MAX_CONCURRENT = 64;
    private static final int MAX_CONCURRENT_PER_CALLER = 4;
    private static final int MAX_CONCURRENT_PER_ADDRESS = 32;
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** A file of the maximum size takes at most four and a half minutes. */
    private static final long MIN_BYTES_PER_SECOND = 32 * 1024;
    /** While only the reserve of permits is left. */
    private static final long MIN_BYTES_PER_SECOND_IN_RESERVE = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Problem UNKNOWN_TYPE = new Problem(
            415, "bad-file-type", "The file must be a PNG, JPEG, GIF or WebP picture or, for the portfolio, a PDF.");

    private final UploadFolder folder;
    private final Materializer materializer;
    private final CallerPermits permits =
            new CallerPermits("uploads", MAX_CONCURRENT, MAX_CONCURRENT_PER_CALLER, MAX_CONCURRENT_PER_ADDRESS);

    Uploads(UploadFolder folder, Materializer materializer) {
        this.folder = folder;
        this.materializer = materializer;
    }

    /**
     * Fails with a problem as soon as the file is too large or too slow, or its first bytes have none of the types.
     *
     * @param anyType whether a file without a known type is accepted
     */
    CompletionStage<ReceivedBody> receive(HttpRequest request, String caller, String address, boolean anyType) {
        var release = permits.acquire(caller, address);
        try {
            var file = folder.newFile();
            var done = Futures.once(() -> {
                delete(file);
                release.run();
            });
            return Futures.safely(() -> receive(request, file, new Content(anyType), done))
                    .exceptionallyCompose(failure -> {
                        done.run();
                        return failedFuture(cause(failure));
                    });
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
    }

    private CompletionStage<ReceivedBody> receive(HttpRequest request, Path file, Content content, Runnable release) {
        return request.entity()
                .withSizeLimit(FileStore.MAX_BYTES)
                .getDataBytes()
                .via(new MinimumRate(GRACE, this::minBytesPerSecond))
                .via(Flow.of(ByteString.class).map(content::add))
                .runWith(FileIO.toPath(file), materializer)
                .thenApply(_ -> new ReceivedBody(
                        content.digest.digest(),
                        Optional.of(new UploadedFile(file, content.type(), content.bytes)),
                        release));
    }

    private static Throwable cause(Throwable failure) {
        return switch (Futures.cause(failure)) {
            case IOOperationIncompleteException e when e.getCause() != null -> cause(e.getCause());
            case TimeoutException _ -> BODY_TIMEOUT;
            case Throwable cause -> cause;
        };
    }

    private long minBytesPerSecond() {
        return permits.isReserveInUse() ? MIN_BYTES_PER_SECOND_IN_RESERVE : MIN_BYTES_PER_SECOND;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Temporary file {} could not be deleted", file, e);
        }
    }

    /** Looks at the content while it arrives. Used by one stage of a stream, so by one thread at a time. */
    private static final class Content {
        private final MessageDigest digest = Sha256.begin();
        private ByteString start = ByteString.emptyByteString();
        private Optional<FileKey.Type> type = Optional.empty();
        private long bytes;
        private final boolean anyType;

        Content(boolean anyType) {
            this.anyType = anyType;
        }

        ByteString add(ByteString chunk) {
            digest.update(chunk.toArrayUnsafe());
            bytes += chunk.size();
            if (type.isEmpty()) detect(chunk);
            return chunk;
        }

        private void detect(ByteString chunk) {
            start = start.concat(chunk);
            type = FileKey.Type.detect(start.toArrayUnsafe());
            if (type.isEmpty() && start.size() >= FileKey.Type.DETECTION_BYTES) type = Optional.of(unknown());
        }

        FileKey.Type type() {
            return type.orElseGet(this::unknown);
        }

        private FileKey.Type unknown() {
            if (!anyType) throw UNKNOWN_TYPE;
            return FileKey.Type.BIN;
        }
    }
}
