package io.guildhall.port;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps files that nobody reads without a link, and makes links that expire. Who owns a file stands in its key. A file is whole or it is not
 * there; to put or delete the same twice changes nothing.
 */
public interface FileStore extends AutoCloseable {
    /** How long a link is good at least; at most twice as long. */
    Duration LINK_LIFE = Duration.ofMinutes(15);

    int LARGEST_BYTES = 8 * 1024 * 1024;

    sealed interface Outcome {
        record Done() implements Outcome {}

        /** Not done, or not known to be: may be tried again. */
        record Unavailable(String why) implements Outcome {}
    }

    /** @param content of {@code key}'s type, {@value #LARGEST_BYTES} bytes at most */
    CompletionStage<Outcome> put(FileKey key, byte[] content);

    CompletionStage<Outcome> delete(FileKey key);

    /** Where it is to be read from now; says nothing about whether it is there. Asks nobody. */
    URI link(FileKey key);

    /** What a link of its own leads to, where it serves them itself; nothing where the link is not good now, or there is no such file. */
    default CompletionStage<Optional<byte[]>> read(FileKey key, String expires, String signature) {
        return java.util.concurrent.CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    default void close() {}
}
