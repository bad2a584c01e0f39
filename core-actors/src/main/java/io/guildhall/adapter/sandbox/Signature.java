package io.guildhall.adapter.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs {@code t=…,v1=…}: HMAC-SHA-256 over the time, a dot and the raw body. */
record Signature(List<String> secrets) {
    static final String HEADER = "Guildhall-Signature";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    String sign(byte[] body, Instant at) {
        long seconds = at.getEpochSecond();
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hmac(secrets.getFirst(), seconds, body));
    }

    /**
     * Returns the reason for which a signature is invalid; empty if it is valid. Takes constant time for each
     * comparison.
     */
    Optional<String> validate(byte[] body, String header, Instant now) {
        var parts = Arrays.stream(header.split(",")).map(String::strip).toList();
        var time = parts.stream().filter(part -> part.matches("t=\\d{1,12}")).findFirst();
        if (time.isEmpty()) return Optional.of("the signature has no timestamp");
        long seconds = Long.parseLong(time.get().substring(2));
        if (Math.abs(now.getEpochSecond() - seconds) > TOLERANCE.toSeconds())
            return Optional.of("the signature has expired or is in the future");
        boolean matches = false;
        for (var secret : secrets) {
            var expected =
                    ("v1=" + HexFormat.of().formatHex(hmac(secret, seconds, body))).getBytes(StandardCharsets.UTF_8);
            for (var part : parts) matches |= MessageDigest.isEqual(expected, part.getBytes(StandardCharsets.UTF_8));
        }
        return matches ? Optional.empty() : Optional.of("the signature does not match");
    }

    private static byte[] hmac(String secret, long seconds, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
