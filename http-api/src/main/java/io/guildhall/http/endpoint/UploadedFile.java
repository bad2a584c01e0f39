package io.guildhall.http.endpoint;

import io.guildhall.port.FileKey;
import java.nio.file.Path;

/**
 * A file that a request contains, received completely.
 *
 * @param content deleted after the response
 * @param type detected from its first bytes
 * @param bytes the size of the content
 */
public record UploadedFile(Path content, FileKey.Type type, long bytes) {}
