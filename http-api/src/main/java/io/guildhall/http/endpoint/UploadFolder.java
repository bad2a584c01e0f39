package io.guildhall.http.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary files of one node, in its own folder below a folder that several nodes can share. A node locks a file
 * next to its folder; the operating system releases the lock when the process ends, even if it crashes. A node that
 * starts deletes the folders without a lock.
 */
final class UploadFolder {
    private static final String LOCK_SUFFIX = ".lock";
    private static final Logger LOG = LoggerFactory.getLogger(UploadFolder.class);

    private record Lock(Path file, FileChannel channel) {}

    // Also prevents the garbage collection of the channel, which would release the lock.
    private final Lock lock;
    private final Path folder;

    /**
     * @param parent created if it does not exist
     * @throws UncheckedIOException if it cannot be written
     */
    UploadFolder(Path parent) {
        try {
            Files.createDirectories(parent);
            deleteAbandoned(parent);
            lock = lock(parent);
            folder = folderOf(lock.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an empty file. */
    Path newFile() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "upload-", ".part");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Releases the lock, as the end of the process does. */
    void release() throws IOException {
        lock.channel().close();
    }

    private static Path folderOf(Path lockFile) {
        var name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length()));
    }

    private static Lock lock(Path parent) throws IOException {
        while (true) {
            var file = parent.resolve("node-" + UUID.randomUUID() + LOCK_SUFFIX);
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // A node that starts at the same moment can have taken the new file for an abandoned one, and deleted it.
            if (tryLock(channel).isPresent() && Files.exists(file)) return new Lock(file, channel);
            channel.close();
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another node in this process has the lock.
            return Optional.empty();
        }
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        try (var files = Files.newDirectoryStream(parent, "node-*" + LOCK_SUFFIX)) {
            for (var file : files) deleteIfAbandoned(file);
        }
    }

    private static void deleteIfAbandoned(Path lockFile) {
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (tryLock(channel).isEmpty()) return;
            var folder = folderOf(lockFile);
            if (Files.exists(folder)) {
                try (var files = Files.newDirectoryStream(folder)) {
                    for (var file : files) Files.delete(file);
                }
                Files.delete(folder);
                LOG.info("Deleted the temporary files of a node that has ended: {}", folder);
            }
            Files.delete(lockFile);
        } catch (IOException e) {
            LOG.warn("The temporary files of {} could not be deleted", lockFile, e);
        }
    }
}
