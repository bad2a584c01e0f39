package io.guildhall.adapter.local;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.HmacSha256;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Stores files in a folder and signs links with a secret. All nodes must share both. */
public final class LocalFileStore implements FileStore {
    private static final Pattern EXPIRES = Pattern.compile("[0-9]{1,12}");

    private final Path folder;
    private final URI publicUrl;
    private final HmacSha256 links;
    private final InstantSource clock;
    private final BoundedExecutor disk = new BoundedExecutor("files", 8, Duration.ofSeconds(2), Duration.ofSeconds(10));

    private final BoundedExecutor largeFiles =
            new BoundedExecutor("large-files", 2, Duration.ofSeconds(10), LARGE_FILE_TIMEOUT);

    public LocalFileStore(Path folder, URI publicUrl, String secret, InstantSource clock) {
        this.folder = folder;
        this.publicUrl = publicUrl;
        this.links = new HmacSha256("files", secret);
        this.clock = clock;
    }

    @Override
    public CompletionStage<Outcome> put(FileKey key, Path content) {
        return outcome(disk, () -> write(key, content));
    }

    @Override
    public CompletionStage<Outcome> putLarge(FileKey key, Path content) {
        return outcome(largeFiles, () -> write(key, content));
    }

    @Override
    public InputStream read(FileKey key) throws IOException {
        try {
            return Files.newInputStream(path(key));
        } catch (NoSuchFileException e) {
            var missing = new FileNotFoundException(key.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    private void write(FileKey key, Path content) throws IOException {
        var file = path(key);
        Files.createDirectories(file.getParent());
        var unfinished = Files.createTempFile(file.getParent(), ".", ".part");
        try {
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public CompletionStage<Outcome> delete(FileKey key) {
        return outcome(disk, () -> Files.deleteIfExists(path(key)));
    }

    @FunctionalInterface
    private interface FileOperation {
        void run() throws IOException;
    }

    private static CompletionStage<Outcome> outcome(BoundedExecutor executor, FileOperation operation) {
        return executor.<Outcome>call(() -> {
                    operation.run();
                    return new Outcome.Done();
                })
                .exceptionally(failure -> new Outcome.Unavailable(String.valueOf(failure.getMessage())));
    }

    /** The expiry is rounded, so that the link stays the same for some time and browsers can cache the file. */
    @Override
    public URI link(FileKey key) {
        if (key.isPrivate()) throw new IllegalArgumentException(key + " is private");
        long expires = expires(LINK_LIFETIME);
        return publicUrl.resolve("/files/" + key + "?expires=" + expires + "&signature=" + signature(key, expires, ""));
    }

    @Override
    public URI downloadLink(FileKey key, String fileName) {
        long expires = expires(DOWNLOAD_LINK_LIFETIME);
        var name = URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
        return publicUrl.resolve("/files/" + key + "?expires=" + expires + "&name=" + name + "&signature="
                + signature(key, expires, fileName));
    }

    private long expires(Duration lifetime) {
        long seconds = lifetime.toSeconds();
        return (clock.instant().getEpochSecond() / seconds + 2) * seconds;
    }

    @Override
    public CompletionStage<Optional<StoredFile>> open(FileKey key, LinkParameters link) {
        return disk.call(() -> {
            if (!EXPIRES.matcher(link.expires()).matches()) return Optional.empty();
            long until = Long.parseLong(link.expires());
            boolean isValid = until > clock.instant().getEpochSecond()
                    && MessageDigest.isEqual(
                            signature(key, until, link.fileName()).getBytes(StandardCharsets.US_ASCII),
                            link.signature().getBytes(StandardCharsets.UTF_8));
            return isValid ? stored(path(key)) : Optional.empty();
        });
    }

    private static Optional<StoredFile> stored(Path file) throws IOException {
        try {
            return Optional.of(new StoredFile(file, Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path path(FileKey key) {
        return folder.resolve(key.toString());
    }

    /** Neither a key nor an expiry contains the character that separates the name. */
    private String signature(FileKey key, long expires, String fileName) {
        return links.hex(key + "?" + expires + (fileName.isEmpty() ? "" : "&" + fileName));
    }
}
