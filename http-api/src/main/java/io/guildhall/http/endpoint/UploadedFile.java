package io.guildhall.http.endpoint;

import io.guildhall.port.FileKey;
import java.nio.file.Path;

/**
 * A file that a request contains, received completely.
 *
 * @param content deleted after the response
 * @param type detected from its first bytes
 */
public record UploadedFile(Path content, FileKey.Type type) {}
