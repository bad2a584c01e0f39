package io.guildhall.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 hash of bytes, or of a text in UTF-8. */
public final class Sha256 {
    private Sha256() {}

    /** Returns the hash of the parts, one after the other: 32 bytes. */
    public static byte[] digest(byte[]... parts) {
        var digest = begin();
        for (var part : parts) digest.update(part);
        return digest.digest();
    }

    /** For bytes that arrive part by part. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public static byte[] digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns 64 hexadecimal digits in lower case. */
    public static String hex(byte[]... parts) {
        return HexFormat.of().formatHex(digest(parts));
    }

    public static String hex(String text) {
        return HexFormat.of().formatHex(digest(text));
    }
}
