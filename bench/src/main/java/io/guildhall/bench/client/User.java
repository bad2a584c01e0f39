package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A user with an account. Logs in again when the session has ended. Thread-safe. */
public final class User {
    private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(30);
    public static final String PASSWORD = "a long sentence, for a demonstration";
    private static final String DEVICE = "bench";
    private static final Pattern VERIFICATION_TOKEN = Pattern.compile("[0-9a-f]{64}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final ApiClient api;
    private final String name;
    private final String email;
    private volatile String id = "";
    private volatile String accessToken = "";
    private volatile String refreshToken = "";
    private volatile String deviceToken = "";

    private User(ApiClient api, String name, String email) {
        this.api = api;
        this.name = name;
        this.email = email;
    }

    /** Registers, verifies the e-mail address and logs in. */
    public static User registerAndLogIn(ApiClient api, String name, List<String> roles) {
        var user = register(api, name, roles);
        user.verifyEmail();
        user.logIn();
        return user;
    }

    /** @param roles {@code CLIENT}, {@code FREELANCER} or both */
    public static User register(ApiClient api, String name, List<String> roles) {
        var handle = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", ".");
        var user =
                new User(api, name, handle + "." + UUID.randomUUID().toString().substring(0, 13) + "@example.com");
        user.post(
                "/api/auth/register",
                Map.of("email", user.email, "password", PASSWORD, "name", name, "country", "CH", "roles", roles));
        return user;
    }

    /** Waits for the verification e-mail and uses its token. */
    public void verifyEmail() {
        var outbox = ApiRequest.get("/dev/outbox?to=" + email.replace("@", "%40"));
        var token = Await.value(
                "the verification e-mail to " + email + " is sent",
                MAIL_TIMEOUT,
                () -> VERIFICATION_TOKEN
                        .matcher(api.send(outbox).body().toString())
                        .results()
                        .findFirst()
                        .map(MatchResult::group));
        // A repeated request may have registered twice: then the password is required.
        post("/api/auth/verify", Map.of("token", token, "password", PASSWORD));
    }

    public void logIn() {
        storeTokens(logInAgain());
        id = get("/api/me").path("id").asText();
    }

    /** With the token that an earlier login has returned, so that the device is known. */
    private JsonNode logInAgain() {
        var response = logInResponse();
        deviceToken = response.path("deviceToken").asText();
        return response;
    }

    private JsonNode logInResponse() {
        return post(
                "/api/auth/login",
                Map.of("email", email, "password", PASSWORD, "device", DEVICE, "deviceToken", deviceToken));
    }

    private void storeTokens(JsonNode response) {
        refreshToken = response.path("refreshToken").asText();
        accessToken = response.path("accessToken").asText();
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

    /** Identifies the device of this user's logins. */
    public String deviceToken() {
        return deviceToken;
    }

    public String accessToken() {
        return accessToken;
    }

    public JsonNode get(String path) {
        return send("GET", path, Optional.empty(), Optional.empty(), Optional.empty())
                .body();
    }

    /** Empty if the resource does not exist yet, or this user cannot read it yet. */
    public Optional<JsonNode> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (ProblemException problem) {
            if (problem.status() == 404 || problem.status() == 403) return Optional.empty();
            throw problem;
        }
    }

    public JsonNode post(String path, Object body) {
        return send("POST", path, Optional.of(body), newIdempotencyKey(), Optional.empty())
                .body();
    }

    public JsonNode post(String path) {
        return send("POST", path, Optional.empty(), newIdempotencyKey(), Optional.empty())
                .body();
    }

    /** @param revision the revision that this edit is based on */
    public JsonNode put(String path, Object body, long revision) {
        return send("PUT", path, Optional.of(body), Optional.empty(), Optional.of("\"" + revision + "\""))
                .body();
    }

    private static Optional<String> newIdempotencyKey() {
        return Optional.of(UUID.randomUUID().toString());
    }

    private ApiResponse send(
            String method, String path, Optional<Object> body, Optional<String> key, Optional<String> ifMatch) {
        var token = accessToken;
        var request = new ApiRequest(method, path, body, present(token), key, ifMatch);
        try {
            return api.send(request);
        } catch (ProblemException problem) {
            if (problem.status() != 401 || token.isEmpty() || path.startsWith("/api/auth/")) throw problem;
            replaceAccessToken(token);
            return api.send(request.withAccessToken(present(accessToken)));
        }
    }

    private static Optional<String> present(String token) {
        return Optional.of(token).filter(it -> !it.isEmpty());
    }

    /** Gets a new access token, unless another thread has replaced the expired one in the meantime. */
    private synchronized void replaceAccessToken(String expired) {
        if (!accessToken.equals(expired)) return;
        try {
            storeTokens(post("/api/auth/refresh", Map.of("refreshToken", refreshToken)));
        } catch (ProblemException problem) {
            if (problem.status() != 401) throw problem;
            storeTokens(logInAgain());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
