package io.guildhall.ai.adapter.openai;

import java.net.URI;
import java.time.Duration;

/**
 * How an embedding server is called.
 *
 * @param baseUrl with the version, such as {@code https://api.openai.com/v1}
 * @param queryTimeout includes all retries and the wait for a permit
 * @param maxRetries after temporary failures
 * @param concurrency maximum number of concurrent requests, for queries and for documents separately
 */
public record OpenAiSettings(
        URI baseUrl,
        String key,
        String model,
        Duration queryTimeout,
        Duration documentTimeout,
        int maxRetries,
        int concurrency) {
    public OpenAiSettings {
        if (key.isBlank()) throw new IllegalArgumentException("no API key for " + baseUrl);
    }

    public static OpenAiSettings standard(URI baseUrl, String key) {
        return new OpenAiSettings(
                baseUrl, key, "text-embedding-3-small", Duration.ofSeconds(3), Duration.ofSeconds(60), 3, 4);
    }

    /** Does not contain the key. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl + ", " + model + "]";
    }
}
