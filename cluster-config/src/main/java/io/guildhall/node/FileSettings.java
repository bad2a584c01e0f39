package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where files are stored, and for how long.
 *
 * @param cloudinary empty if files are stored in a local folder
 * @param unattachedLifetime how long a file that was uploaded to a room is kept while no message has it
 */
public record FileSettings(Optional<URI> cloudinary, Duration unattachedLifetime) {
    private static final Duration MIN_LIFETIME = Duration.ofHours(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(30);

    static FileSettings from(Config config) {
        return new FileSettings(cloudinary(config), unattachedLifetime(config.getDuration("unattached-lifetime")));
    }

    private static Optional<URI> cloudinary(Config config) {
        var store = config.getString("store");
        return switch (store) {
            case "local" -> Optional.empty();
            case "cloudinary" -> Optional.of(SettingUrls.cloudinary(config.getString("cloudinary-url")));
            default ->
                throw new StartupException(
                        "guildhall.files.store (GUILDHALL_FILES) must be local or cloudinary, not '" + store + "'.");
        };
    }

    private static Duration unattachedLifetime(Duration lifetime) {
        if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0)
            throw new StartupException(
                    "guildhall.files.unattached-lifetime (GUILDHALL_UNATTACHED_FILE_LIFETIME) must be from 1h to 30d, not "
                            + lifetime + ".");
        return lifetime;
    }
}
