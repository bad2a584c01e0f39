package io.guildhall.http.route.keys;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.endpoint.Endpoint;
import java.util.List;
import java.util.Map;

/** Publishes the keys that verify access tokens. */
public final class KeyEndpoints {
    private final KeyRing keys;

    public KeyEndpoints(KeyRing keys) {
        this.keys = keys;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/.well-known/jwks.json", "Get the public keys for verifying access tokens (RFC 7517).")
                .returns(200, KeySetResource.class)
                .handledBy(_ -> completedFuture(new KeySetResource(keys.jwks()))));
    }

    public record KeySetResource(List<Map<String, Object>> keys) {}
}
