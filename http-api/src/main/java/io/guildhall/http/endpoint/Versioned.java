package io.guildhall.http.endpoint;

/** A result with a revision. It is sent as the ETag, which edits send back as If-Match. */
public interface Versioned {
    long revision();
}
