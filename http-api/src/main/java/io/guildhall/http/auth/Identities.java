package io.guildhall.http.auth;

import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import java.time.Instant;

/** Identifies callers by their access tokens. */
public interface Identities {
    /** @param expires when the access token expires */
    record Identity(Caller caller, Instant expires) {}

    /**
     * Returns the identity to which an access token was issued.
     *
     * @throws Problem 401 if the token is invalid or has expired, or its session has ended; 503 if this node does not
     *     know whether the session has ended
     */
    Identity identify(String token);

    /**
     * Checks that a session has not ended.
     *
     * @throws Problem 401 if it has ended; 503 if this node cannot check it
     */
    void requireActive(String session);
}
