package io.guildhall.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under a secret, for one purpose. What is signed for one purpose is not valid for another. */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param purpose a constant of the class that signs; never changed, since old signatures would become invalid */
    public HmacSha256(String purpose, String secret) {
        this.key = new SecretKeySpec((purpose + "/" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Returns the signature of the parts, one after the other: 32 bytes. */
    public byte[] sign(byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : parts) mac.update(part);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Returns 64 hexadecimal digits in lower case. */
    public String hex(byte[]... parts) {
        return HexFormat.of().formatHex(sign(parts));
    }

    public String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
