package io.guildhall.ai.adapter.openai;

import java.net.URI;
import java.time.Duration;

/**
 * @param baseUrl with the version, such as {@code https://api.openai.com/v1}; any server that speaks the protocol
 * @param queryTime in which a query's answer must be there, all tries and the wait for a place included
 * @param retries after a failure that may pass, with growing pauses
 * @param atOnce requests, so many for queries and as many for documents
 */
public record OpenAiSettings(
        URI baseUrl, String key, String model, Duration queryTime, Duration documentTime, int retries, int atOnce) {
    public OpenAiSettings {
        if (key.isBlank()) throw new IllegalArgumentException("no key for " + baseUrl);
    }

    public static OpenAiSettings standard(URI baseUrl, String key) {
        return new OpenAiSettings(
                baseUrl, key, "text-embedding-3-small", Duration.ofSeconds(3), Duration.ofSeconds(60), 3, 4);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl + ", " + model + "]";
    }
}
