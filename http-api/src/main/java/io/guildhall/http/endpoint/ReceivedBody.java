package io.guildhall.http.endpoint;

import java.util.Optional;

/**
 * A request body within its limits.
 *
 * @param bytes the body; the digest of the content if it is a file
 * @param release to be called once, after the response
 */
record ReceivedBody(byte[] bytes, Optional<UploadedFile> file, Runnable release) {}
