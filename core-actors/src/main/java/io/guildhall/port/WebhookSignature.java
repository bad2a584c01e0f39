package io.guildhall.port;

import io.guildhall.port.WebhookSender.Message;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as version 1 of Standard Webhooks: HMAC-SHA-256 over {@code id.timestamp.body}. */
public final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** Returns the value of the header {@code webhook-signature}: one signature for each secret, separated by spaces. */
    public static String of(Message message) {
        return message.secrets().stream().map(it -> "v1," + sign(message, it)).collect(Collectors.joining(" "));
    }

    private static String sign(Message message, String secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(WebhookSecrets.bytes(secret), ALGORITHM));
            mac.update((message.id() + "." + message.at().getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(message.body()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
