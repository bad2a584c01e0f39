package io.guildhall.http.route.keys;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.auth.KeyRing;
import io.guildhall.http.endpoint.Endpoint;
import java.util.List;
import java.util.Map;

/** The keys by which others check our access tokens. */
public final class KeyEndpoints {
    private final KeyRing keys;

    public KeyEndpoints(KeyRing keys) {
        this.keys = keys;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/.well-known/jwks.json", "The public keys that access tokens are signed with (RFC 7517)")
                .returns(200, KeySet.class)
                .handledBy(_ -> completedFuture(new KeySet(keys.jwks()))));
    }

    public record KeySet(List<Map<String, Object>> keys) {}
}
