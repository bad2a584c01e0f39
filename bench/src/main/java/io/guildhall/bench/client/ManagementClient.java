package io.guildhall.bench.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The management address of a node.
 *
 * @param token the operator token; without one only health and metrics are served
 */
public record ManagementClient(URI address, Optional<String> token) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Takes the token from the same variables, or else from the same file, as the node. */
    public static ManagementClient of(URI address, Map<String, String> environment) {
        var token = Optional.of(environment.getOrDefault("GUILDHALL_OPERATOR_TOKEN", ""))
                .filter(it -> !it.isBlank())
                .or(() -> tokenIn(Path.of(environment.getOrDefault("GUILDHALL_DATA", "var"))));
        return new ManagementClient(address, token);
    }

    public static ManagementClient of(URI address, Path dataFolder) {
        return new ManagementClient(address, tokenIn(dataFolder));
    }

    private static Optional<String> tokenIn(Path dataFolder) {
        var file = dataFolder.resolve("operator-token");
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends requests with the operator token. */
    public ApiClient api(ApiClient.RetryPolicy retryPolicy) {
        return new ApiClient(List.of(address), retryPolicy, token);
    }

    /** The text at a path; empty if the node does not respond with it. */
    public Optional<String> text(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The JSON at a path; a missing node if the node does not respond with it. */
    public JsonNode json(String path) {
        return text(path).map(ManagementClient::parse).orElseGet(MissingNode::getInstance);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address.toString();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
