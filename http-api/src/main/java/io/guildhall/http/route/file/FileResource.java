package io.guildhall.http.route.file;

import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;

/**
 * An uploaded file.
 *
 * @param key names the file in profiles and gigs
 * @param url a signed link, valid for at least 15 minutes
 */
public record FileResource(String key, String url) {
    public static FileResource of(FileKey key, FileStore files) {
        return new FileResource(key.toString(), files.link(key).toString());
    }
}
