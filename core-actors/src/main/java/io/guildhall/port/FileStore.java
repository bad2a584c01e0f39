package io.guildhall.port;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stores files that can be read only with a link, and creates links that expire. The key of a file contains its owner.
 * Writes are atomic, and repeating a write or a deletion changes nothing.
 */
public interface FileStore extends AutoCloseable {
    /** A link is valid for at least this time, and for at most twice as long. */
    Duration LINK_LIFETIME = Duration.ofMinutes(15);

    /** A link to download a private file is valid for at least this time, and for at most twice as long. */
    Duration DOWNLOAD_LINK_LIFETIME = Duration.ofMinutes(2);

    Duration LARGE_FILE_TIMEOUT = Duration.ofMinutes(30);

    int MAX_BYTES = 8 * 1024 * 1024;

    /** @param bytes the size of the content */
    record StoredFile(Path content, long bytes) {}

    sealed interface Outcome {
        record Done() implements Outcome {}

        /** Not done, or unknown. Can be repeated. */
        record Unavailable(String error) implements Outcome {}
    }

    /**
     * Stores a file.
     *
     * @param content a file on this machine that has the type of the key and at most {@value #MAX_BYTES} bytes. It is
     *     read a part at a time and must stay unchanged until the stage completes
     */
    CompletionStage<Outcome> put(FileKey key, Path content);

    /**
     * Stores a file of any size, as {@link #put} does. Takes at most {@link #LARGE_FILE_TIMEOUT}.
     *
     * @param content a file on this machine that has the type of the key. It is read a part at a time and must stay
     *     unchanged until the stage completes
     */
    CompletionStage<Outcome> putLarge(FileKey key, Path content);

    /**
     * Opens a file to read it a part at a time, whatever its size. Blocks, and so does reading, each with a timeout.
     *
     * @throws java.io.FileNotFoundException if the file does not exist
     * @throws IOException if it cannot be read now
     */
    InputStream read(FileKey key) throws IOException;

    CompletionStage<Outcome> delete(FileKey key);

    /**
     * Returns a link to a public file, without a call. The file may not exist.
     *
     * @throws IllegalArgumentException if the file is private
     */
    URI link(FileKey key);

    /**
     * Returns a link with which a browser saves a private file and does not show it, without a call. The file may not
     * exist.
     *
     * @param fileName a {@linkplain io.guildhall.kernel.FileName safe} name; a store can propose another one to the user
     */
    URI downloadLink(FileKey key, String fileName);

    /**
     * The parameters of a link of a store that serves its files itself, as they were received.
     *
     * @param fileName of a private file; otherwise empty
     */
    record LinkParameters(String expires, String fileName, String signature) {}

    /**
     * Returns the file for a link, to be read a part at a time, if this store serves its files itself.
     *
     * @return empty if the link is invalid or has expired, or the file does not exist
     */
    default CompletionStage<Optional<StoredFile>> open(FileKey key, LinkParameters link) {
        return java.util.concurrent.CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    default void close() {}
}
