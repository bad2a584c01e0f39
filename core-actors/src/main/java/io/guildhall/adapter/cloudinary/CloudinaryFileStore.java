package io.guildhall.adapter.cloudinary;

import com.cloudinary.Cloudinary;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * Stores files at Cloudinary. They are delivered only by signed links that expire (delivery type
 * {@code authenticated}).
 */
public final class CloudinaryFileStore implements FileStore {
    private static final String DELIVERY_TYPE = "authenticated";
    private static final int TIMEOUT_SECONDS = 20;
    /** Cloudinary accepts parts of 5 MB and more. */
    private static final int LARGE_FILE_PART_BYTES = 6 * 1024 * 1024;

    private final Cloudinary cloudinary;
    private final InstantSource clock;
    private final BoundedExecutor calls =
            new BoundedExecutor("cloudinary", 8, Duration.ofSeconds(2), Duration.ofSeconds(TIMEOUT_SECONDS));

    private final BoundedExecutor largeFiles =
            new BoundedExecutor("cloudinary-large-files", 2, Duration.ofSeconds(10), LARGE_FILE_TIMEOUT);

    /**
     * @param account {@code cloudinary://key:secret@cloud}, as shown by Cloudinary
     * @throws IllegalArgumentException if it has another format; the message does not contain it
     */
    public CloudinaryFileStore(URI account, InstantSource clock) {
        this(account, "https://api.cloudinary.com", clock);
    }

    CloudinaryFileStore(URI account, String server, InstantSource clock) {
        var user = account.getUserInfo() == null
                ? new String[0]
                : account.getUserInfo().split(":", 2);
        if (!"cloudinary".equals(account.getScheme()) || user.length != 2 || account.getHost() == null)
            throw new IllegalArgumentException(
                    "a Cloudinary account must have the format cloudinary://key:secret@cloud");
        this.cloudinary = new Cloudinary(Map.of(
                "cloud_name",
                account.getHost(),
                "api_key",
                user[0],
                "api_secret",
                user[1],
                "upload_prefix",
                server,
                "timeout",
                TIMEOUT_SECONDS));
        this.clock = clock;
    }

    @Override
    public CompletionStage<Outcome> put(FileKey key, Path content) {
        return outcome(calls, () -> cloudinary.uploader().upload(content.toFile(), uploadOptions(key)));
    }

    /** In parts, so that no request and no array is large. */
    @Override
    public CompletionStage<Outcome> putLarge(FileKey key, Path content) {
        return outcome(
                largeFiles,
                () -> cloudinary.uploader().uploadLarge(content.toFile(), uploadOptions(key), LARGE_FILE_PART_BYTES));
    }

    private static Map<String, Object> uploadOptions(FileKey key) {
        return options(key, "public_id", publicId(key), "overwrite", true, "filename", key.id());
    }

    @Override
    public InputStream read(FileKey key) throws IOException {
        var connection = signedLink(key, DOWNLOAD_LINK_LIFETIME).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_SECONDS * 1_000);
        connection.setReadTimeout(TIMEOUT_SECONDS * 1_000);
        return connection.getInputStream();
    }

    @Override
    public CompletionStage<Outcome> delete(FileKey key) {
        return outcome(calls, () -> cloudinary.uploader().destroy(publicId(key), options(key, "invalidate", true)));
    }

    /** The id of a raw file contains its extension. */
    private static String publicId(FileKey key) {
        return isRaw(key) ? key.toString() : key.withoutExtension();
    }

    /** A raw file is stored as it is. Cloudinary checks and converts pictures. */
    private static boolean isRaw(FileKey key) {
        return key.isPrivate();
    }

    private static Map<String, Object> options(FileKey key, Object... namesAndValues) {
        var options = new HashMap<String, Object>(
                Map.of("type", DELIVERY_TYPE, "resource_type", isRaw(key) ? "raw" : "image"));
        for (int i = 0; i < namesAndValues.length; i += 2)
            options.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return options;
    }

    private static CompletionStage<Outcome> outcome(BoundedExecutor executor, Callable<?> call) {
        return executor.<Outcome>call(() -> {
                    call.call();
                    return new Outcome.Done();
                })
                .exceptionally(failure -> new Outcome.Unavailable(String.valueOf(failure.getMessage())));
    }

    @Override
    public URI link(FileKey key) {
        if (key.isPrivate()) throw new IllegalArgumentException(key + " is private");
        return signedLink(key, LINK_LIFETIME);
    }

    /** Cloudinary proposes the id of the file as its name. */
    @Override
    public URI downloadLink(FileKey key, String fileName) {
        return signedLink(key, DOWNLOAD_LINK_LIFETIME, "attachment", true);
    }

    private URI signedLink(FileKey key, Duration lifetime, Object... namesAndValues) {
        var options = options(key, namesAndValues);
        options.put("expires_at", clock.instant().plus(lifetime).getEpochSecond());
        var format = isRaw(key) ? "" : key.type().name().toLowerCase(Locale.ROOT);
        try {
            return URI.create(cloudinary.privateDownload(publicId(key), format, options));
        } catch (Exception e) {
            throw new IllegalStateException("cannot sign a link", e);
        }
    }
}
