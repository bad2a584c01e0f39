package io.guildhall.http.endpoint;

/** An answer that says which revision of a thing it shows: sent as the ETag, expected back as If-Match on an edit. */
public interface Versioned {
    long revision();
}
