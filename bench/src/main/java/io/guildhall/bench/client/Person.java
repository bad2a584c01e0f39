package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Somebody with an account who is logged in, and stays so. Safe for many threads. */
public final class Person {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String PASSWORD = "a long sentence, for a demonstration";
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final Api api;
    private final String name;
    private final String email;
    private volatile String id = "";
    private volatile String accessToken = "";
    private volatile String refreshToken = "";

    private Person(Api api, String name, String email) {
        this.api = api;
        this.name = name;
        this.email = email;
    }

    /** Registers, follows the link in the mail and logs in. */
    public static Person joins(Api api, String name, List<String> roles) {
        var person = registers(api, name, roles);
        person.verifies();
        person.logsIn();
        return person;
    }

    public static Person registers(Api api, String name, List<String> roles) {
        var handle = name.toLowerCase().replaceAll("[^a-z]+", ".");
        var person = new Person(
                api, name, handle + "." + UUID.randomUUID().toString().substring(0, 13) + "@example.com");
        person.post(
                "/api/auth/register",
                Map.of("email", person.email, "password", PASSWORD, "name", name, "country", "CH", "roles", roles));
        return person;
    }

    public void verifies() {
        var token = Eventually.get(
                "there is a mail for " + email,
                BOUND,
                () -> TOKEN.matcher(api.send(Asked.get("/dev/outbox?to=" + email.replace("@", "%40"), Optional.empty()))
                                .body()
                                .toString())
                        .results()
                        .findFirst()
                        .map(java.util.regex.MatchResult::group));
        post("/api/auth/verify", Map.of("token", token));
    }

    public void logsIn() {
        remember(post("/api/auth/login", Map.of("email", email, "password", PASSWORD, "device", "bench")));
        id = get("/api/me").path("id").asText();
    }

    private void remember(JsonNode pass) {
        refreshToken = pass.path("refreshToken").asText();
        accessToken = pass.path("accessToken").asText();
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String email() {
        return email;
    }

    public String accessToken() {
        return accessToken;
    }

    public JsonNode get(String path) {
        return ask("GET", path, Optional.empty(), Optional.empty(), Optional.empty())
                .body();
    }

    /** Nothing where it is not there yet, or not yet for this person. */
    public Optional<JsonNode> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (Refused refused) {
            if (refused.status() == 404 || refused.status() == 403) return Optional.empty();
            throw refused;
        }
    }

    public JsonNode post(String path, Object body) {
        return ask(
                        "POST",
                        path,
                        Optional.of(body),
                        Optional.of(UUID.randomUUID().toString()),
                        Optional.empty())
                .body();
    }

    public JsonNode post(String path) {
        return ask("POST", path, Optional.empty(), Optional.of(UUID.randomUUID().toString()), Optional.empty())
                .body();
    }

    /** @param revision that is edited */
    public JsonNode put(String path, Object body, long revision) {
        return ask("PUT", path, Optional.of(body), Optional.empty(), Optional.of("\"" + revision + "\""))
                .body();
    }

    private Reply ask(
            String method, String path, Optional<Object> body, Optional<String> key, Optional<String> ifMatch) {
        var token = accessToken;
        try {
            return api.send(asked(method, path, body, token, key, ifMatch));
        } catch (Refused refused) {
            if (refused.status() != 401 || token.isEmpty() || path.startsWith("/api/auth/")) throw refused;
            renew(token);
            return api.send(asked(method, path, body, accessToken, key, ifMatch));
        }
    }

    private static Asked asked(
            String method,
            String path,
            Optional<Object> body,
            String token,
            Optional<String> key,
            Optional<String> ifMatch) {
        return new Asked(method, path, body, Optional.of(token).filter(it -> !it.isEmpty()), key, ifMatch);
    }

    /** A new access token for one that is no longer good, unless another thread has got one meanwhile. */
    private synchronized void renew(String stale) {
        if (!accessToken.equals(stale)) return;
        try {
            remember(post("/api/auth/refresh", Map.of("refreshToken", refreshToken)));
        } catch (Refused refused) {
            if (refused.status() != 401) throw refused;
            remember(post("/api/auth/login", Map.of("email", email, "password", PASSWORD, "device", "bench")));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
