package io.guildhall.bench.client;

import java.util.Optional;

/**
 * A request. A retry sends it unchanged.
 *
 * @param body written as JSON; empty for none
 */
public record ApiRequest(
        String method,
        String path,
        Optional<Object> body,
        Optional<String> accessToken,
        Optional<String> idempotencyKey,
        Optional<String> ifMatch) {

    /** A request without an access token. */
    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A request without an access token and without an idempotency key. */
    public static ApiRequest post(String path, Object body) {
        return post(path, Optional.of(body));
    }

    /** A request without a body, an access token and an idempotency key. */
    public static ApiRequest post(String path) {
        return post(path, Optional.empty());
    }

    private static ApiRequest post(String path, Optional<Object> body) {
        return new ApiRequest("POST", path, body, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public ApiRequest withAccessToken(Optional<String> token) {
        return new ApiRequest(method, path, body, token, idempotencyKey, ifMatch);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
