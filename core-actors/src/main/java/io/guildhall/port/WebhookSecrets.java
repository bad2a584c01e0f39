package io.guildhall.port;

import io.guildhall.kernel.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The secrets that sign webhooks. Each is derived from the program's secret, the webhook and a generation, and is not
 * stored anywhere.
 */
public final class WebhookSecrets {
    private static final String PREFIX = "whsec_";

    private final HmacSha256 key;

    public WebhookSecrets(String secret) {
        this.key = new HmacSha256("webhook-secret", secret);
    }

    /** Returns a secret of 32 bytes in the form of Standard Webhooks: {@code whsec_} and the bytes in base64. */
    public String secret(String accountId, String webhookId, int generation) {
        var bytes = key.sign((accountId + "/" + webhookId + "/" + generation).getBytes(StandardCharsets.UTF_8));
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String secret) {
        if (!secret.startsWith(PREFIX)) throw new IllegalArgumentException("a webhook secret starts with " + PREFIX);
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }
}
