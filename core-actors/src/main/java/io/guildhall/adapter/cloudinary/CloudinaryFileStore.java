package io.guildhall.adapter.cloudinary;

import com.cloudinary.Cloudinary;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
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

    private final Cloudinary cloudinary;
    private final InstantSource clock;
    private final BoundedExecutor calls =
            new BoundedExecutor("cloudinary", 8, Duration.ofSeconds(2), Duration.ofSeconds(TIMEOUT_SECONDS));

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
        return outcome(() -> cloudinary
                .uploader()
                .upload(
                        content.toFile(),
                        options("public_id", key.withoutExtension(), "overwrite", true, "filename", key.id())));
    }

    @Override
    public CompletionStage<Outcome> delete(FileKey key) {
        return outcome(() -> cloudinary.uploader().destroy(key.withoutExtension(), options("invalidate", true)));
    }

    private static Map<String, Object> options(Object... namesAndValues) {
        var options = new HashMap<String, Object>(Map.of("type", DELIVERY_TYPE, "resource_type", "image"));
        for (int i = 0; i < namesAndValues.length; i += 2)
            options.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return options;
    }

    private CompletionStage<Outcome> outcome(Callable<?> call) {
        return calls.<Outcome>call(() -> {
                    call.call();
                    return new Outcome.Done();
                })
                .exceptionally(failure -> new Outcome.Unavailable(String.valueOf(failure.getMessage())));
    }

    @Override
    public URI link(FileKey key) {
        long expires = clock.instant().plus(LINK_LIFETIME).getEpochSecond();
        try {
            return URI.create(cloudinary.privateDownload(
                    key.withoutExtension(),
                    key.type().name().toLowerCase(Locale.ROOT),
                    options("expires_at", expires)));
        } catch (Exception e) {
            throw new IllegalStateException("cannot sign a link", e);
        }
    }
}
