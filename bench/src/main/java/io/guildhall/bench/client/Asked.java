package io.guildhall.bench.client;

import java.util.Optional;

/**
 * A request as it is sent, and sent again.
 *
 * @param body written as JSON; nothing for none
 */
public record Asked(
        String method,
        String path,
        Optional<Object> body,
        Optional<String> token,
        Optional<String> key,
        Optional<String> ifMatch) {

    public static Asked get(String path, Optional<String> token) {
        return new Asked("GET", path, Optional.empty(), token, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
